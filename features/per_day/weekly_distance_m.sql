-- Running distance of the last seven days, today included. No runs is 0.
-- unit: m
-- evidence: acute_window_days
-- unknown when: a run of those days has no distance that can be relied on
with final as (
    select
        athlete,
        day,
        case when sum(unmeasured_runs) over last_week = 0 then sum(distance_m) over last_week end as value
    from day
    window last_week as (partition by athlete order by day rows between 6 preceding and current row)
)

select * from final
