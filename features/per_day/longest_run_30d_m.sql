-- The longest session of the last 30 days, today included: what the next run is compared with.
-- unit: m
-- evidence: spike_window_days
-- unknown when: no session with a distance in those days
with final as (
    select
        athlete,
        day,
        max(longest_m) over last_month as value
    from day
    window last_month as (
        partition by athlete order by day
        rows between getvariable('spike_window_days')::integer - 1 preceding and current row
    )
)

select * from final
