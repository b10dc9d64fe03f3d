-- The most days in a row with a run, of the rows that reach into the last seven days.
-- unit: days
-- evidence: acute_window_days
-- unknown when: never, once there is any activity
coalesce(max(days_in_a_row) over last_7_days, 0)
