-- Running distance of the last seven days, today included. No runs is 0; a run of unknown length is left out.
-- unit: m
-- evidence: acute_window_days
-- unknown when: never, once there is any activity
with final as (
    select
        athlete,
        day,
        sum(distance_m) over last_week as value
    from day
    window last_week as (partition by athlete order by day rows between 6 preceding and current row)
)

select * from final
