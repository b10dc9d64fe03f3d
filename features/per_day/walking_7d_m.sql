-- Metres walked in the last seven days: within runs, and on recorded walks and hikes. None is 0.
-- unit: m
-- evidence: walking_speed_max_mps
-- unknown when: how far was walked within a run of those days is not known, or a walk of them has no distance
case when sum(walking_unknown) over last_7_days = 0 then sum(walking_m) over last_7_days end
