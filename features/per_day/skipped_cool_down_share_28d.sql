-- Share of the last 28 days' runs of half an hour or more whose last ten minutes were as fast as their middle. Shown, not scored.
-- unit: share 0-1
-- evidence: unhurried_end_ratio, warm_up_s, warm_up_null
-- unknown when: no run of those days tells its speed for long enough
sum(cool_down_skipped_runs) over last_28_days / nullif(sum(cool_down_known_runs) over last_28_days, 0)
