-- Mean cadence of the last seven days' runs over the athlete's usual one at the same speed: 1 is as usual, 0.95 a twentieth fewer steps.
-- unit: ratio
-- evidence: cadence_null
-- unknown when: no run of those days has cadence and speed, or the usual cadence was not known at the beginning of its month
sum(cadence_ratio_sum) over last_7_days / nullif(sum(cadence_ratio_runs) over last_7_days, 0)
