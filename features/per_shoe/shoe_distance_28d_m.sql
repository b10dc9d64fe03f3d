-- Distance in a pair over the last 28 days: the current use that a forecast rests on.
-- unit: m
-- evidence: shoe_limit_m
-- unknown when: never
distance_28d_m
