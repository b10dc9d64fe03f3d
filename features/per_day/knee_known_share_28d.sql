-- Share of the last 28 days' running distance on which knee load is known.
-- unit: share 0-1
-- evidence: knee_reference_speed_mps, knee_speed_exponent, descent_grade_load
-- unknown when: no running distance in those days
case
    when sum(distance_m) over last_28_days > 0
        then sum(knee_known_m) over last_28_days / sum(distance_m) over last_28_days
end
