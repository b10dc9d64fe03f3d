-- Training impulse by heart rate (Banister) of the last seven days' runs. No runs is 0.
-- unit: TRIMP
-- evidence: trimp_men_factor, trimp_women_factor, acute_window_days
-- unknown when: a run of those days has none
case when sum(trimp_unknown_runs) over last_7_days = 0 then sum(trimp) over last_7_days end
