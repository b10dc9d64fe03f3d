-- How many runs in the last 30 days.
-- unit: runs
-- evidence: spike_window_days
-- unknown when: never, once there is any activity
with final as (
    select
        athlete,
        day,
        sum(runs) over last_month as value
    from day
    window last_month as (
        partition by athlete order by day
        rows between getvariable('spike_window_days')::integer - 1 preceding and current row
    )
)

select * from final
