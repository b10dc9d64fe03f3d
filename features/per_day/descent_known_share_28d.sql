-- Share of the last 28 days' running distance on which descent was measured.
-- unit: share 0-1
-- evidence: elevation_hysteresis_m
-- unknown when: no running distance in those days
case
    when sum(distance_m) over last_28_days > 0
        then sum(descent_known_m) over last_28_days / sum(distance_m) over last_28_days
end
