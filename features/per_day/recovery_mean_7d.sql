-- Mean rating of how recovered the athlete felt (0-10) at the last seven days' runs, of those that were rated.
-- unit: 0-10
-- evidence: session_rpe_max
-- unknown when: no run of those days was rated
sum(recovery_sum) over last_7_days / nullif(sum(recovery_runs) over last_7_days, 0)
