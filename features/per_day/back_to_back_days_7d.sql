-- How many of the last seven days had a run the day after a day with a run.
-- unit: days
-- evidence: acute_window_days
-- unknown when: never, once there is any activity
count_if(follows_run) over last_7_days
