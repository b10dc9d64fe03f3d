-- How many runs in a pair so far.
-- unit: runs
-- evidence: shoe_limit_m
-- unknown when: never
sum(runs) over so_far
