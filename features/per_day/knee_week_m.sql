-- Knee-equivalent distance of the last seven days: metres on the level at 2.78 m/s that load the kneecap as much. No runs is 0.
-- unit: m
-- evidence: knee_reference_speed_mps, knee_speed_exponent, descent_grade_load
-- unknown when: the knee load of a run of those days is unknown; distance then stands in, in weekly_distance_m
case when sum(knee_unknown_runs) over last_7_days = 0 then sum(knee_m) over last_7_days end
