-- The largest ratio, over the last seven days, of one session's distance to the longest session of the 30 days before it.
-- unit: ratio
-- evidence: spike_window_days, session_merge_gap_s
-- unknown when: no session in the last seven days has both a distance and an earlier session within 30 days
with final as (
    select
        athlete,
        day,
        max(spike_ratio) over last_week as value
    from day
    window last_week as (partition by athlete order by day rows between 6 preceding and current row)
)

select * from final
