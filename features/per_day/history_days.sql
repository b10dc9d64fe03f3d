-- Days since the first recorded activity of any kind, today included.
-- unit: days
-- evidence: spike_window_days
-- unknown when: never, once there is any activity
with final as (
    select
        athlete,
        day,
        date_diff('day', first_day, day) + 1 as value
    from day
)

select * from final
