-- How many runs in the last seven days.
-- unit: runs
-- evidence: acute_window_days
-- unknown when: never, once there is any activity
sum(runs) over last_7_days
