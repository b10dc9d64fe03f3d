-- How many runs in a pair so far.
-- unit: runs
-- evidence: shoe_limit_m
-- unknown when: never
runs
