-- How many runs of the last seven days have no distance that can be relied on: none was recorded, or it is suspect.
-- unit: runs
-- evidence: acute_window_days
-- unknown when: never, once there is any activity
sum(unmeasured_runs) over last_7_days
