-- Mean daily running distance of the last seven days. Shown, not scored.
-- unit: m/day
-- evidence: acute_window_days, acwr_null
-- unknown when: no run in it has a distance; the record is shorter than seven days
with final as (
    select
        athlete,
        day,
        case
            when sum(runs) over acute > 0 and sum(runs - unmeasured_runs) over acute = 0 then null
            when date_diff('day', first_day, day) >= getvariable('acute_window_days') - 1
                then sum(distance_m) over acute / getvariable('acute_window_days')
        end as value
    from day
    window acute as (
        partition by athlete order by day
        rows between getvariable('acute_window_days')::integer - 1 preceding and current row
    )
)

select * from final
