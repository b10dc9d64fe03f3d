-- Running time above the athlete's own threshold, by heart rate or else by pace, in the last seven days. No runs is 0.
-- unit: s
-- evidence: intensity_null, acute_window_days
-- unknown when: of a run in those days neither heart rate nor pace tells it
case when sum(high_intensity_unknown_runs) over last_7_days = 0 then sum(high_intensity_s) over last_7_days end
