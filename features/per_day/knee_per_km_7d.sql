-- Knee-equivalent kilometres for each kilometre run in the last seven days, where both are known: 1 is level, at 2.78 m/s, with one's usual cadence.
-- unit: ratio
-- evidence: knee_reference_speed_mps, knee_speed_exponent, descent_grade_load
-- unknown when: knee load is known of no run in those days
sum(knee_m) over last_7_days / nullif(sum(knee_known_m) over last_7_days, 0)
