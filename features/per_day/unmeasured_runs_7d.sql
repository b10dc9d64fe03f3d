-- How many runs of the last seven days have no distance that can be relied on: none was recorded, or it is suspect.
-- unit: runs
-- evidence: acute_window_days
-- unknown when: never, once there is any activity
with final as (
    select
        athlete,
        day,
        sum(unmeasured_runs) over last_week as value
    from day
    window last_week as (partition by athlete order by day rows between 6 preceding and current row)
)

select * from final
