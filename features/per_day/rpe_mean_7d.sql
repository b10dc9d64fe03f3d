-- Mean rating of effort (0-10) of the last seven days' runs, of those that were rated.
-- unit: RPE 0-10
-- evidence: session_rpe_max
-- unknown when: no run of those days was rated
sum(rpe_sum) over last_7_days / nullif(sum(rpe_runs) over last_7_days, 0)
