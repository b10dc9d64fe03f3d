-- How many runs in the last 30 days.
-- unit: runs
-- evidence: spike_window_days
-- unknown when: never, once there is any activity
sum(runs) over last_30_days
