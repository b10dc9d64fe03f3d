-- How many pairs were run in over the last 28 days, of the runs whose pair is known.
-- unit: pairs
-- evidence: shoe_rotation_hr
-- unknown when: no run of those days has a known pair
pairs_28d
