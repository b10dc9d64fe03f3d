-- How much the mean stance balance of the last 28 days differs from that of the 28 days before.
-- unit: percentage points
-- evidence: stance_known_min_s
-- unknown when: no run of either records it
sum(stance_sum) over last_28_days / nullif(sum(stance_runs) over last_28_days, 0)
- sum(stance_sum) over four_weeks_before_these / nullif(sum(stance_runs) over four_weeks_before_these, 0)
