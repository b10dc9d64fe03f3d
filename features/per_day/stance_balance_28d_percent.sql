-- Mean share of ground contact that one foot has, over the last 28 days' runs that record it; 50 is even.
-- unit: %
-- evidence: stance_known_min_s
-- unknown when: no run of those days records it
sum(stance_sum) over last_28_days / nullif(sum(stance_runs) over last_28_days, 0)
