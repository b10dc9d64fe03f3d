-- Kilometres on a pair: what it had when added, plus every run in it since. Always summed anew, never a counter.
-- unit: m
-- evidence: shoe_limit_m
-- unknown when: never
distance_m
