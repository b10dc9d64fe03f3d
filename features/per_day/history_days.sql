-- Days since the first recorded activity of any kind, today included.
-- unit: days
-- evidence: spike_window_days
-- unknown when: never, once there is any activity
date_diff('day', first_day, day) + 1
