-- Time of low-impact training in the last seven days: cycling, swimming, rowing, strength and their like. None is 0.
-- unit: s
-- evidence: other_sports_hr, acute_window_days
-- unknown when: such a workout of those days has no duration
case when sum(low_impact_unknown) over last_7_days = 0 then sum(low_impact_s) over last_7_days end
