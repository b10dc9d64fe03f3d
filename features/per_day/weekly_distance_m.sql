-- Running distance of the last seven days, today included. No runs is 0.
-- unit: m
-- evidence: acute_window_days
-- unknown when: a run of those days has no distance that can be relied on
case when sum(unmeasured_runs) over last_7_days = 0 then sum(distance_m) over last_7_days end
