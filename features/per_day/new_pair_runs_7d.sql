-- How many runs of the last seven days were in a pair with fewer than 50 km on it, of the runs whose pair is known.
-- unit: runs
-- evidence: new_pair_distance_m
-- unknown when: never, once there is any activity
sum(new_pair_runs) over last_7_days
