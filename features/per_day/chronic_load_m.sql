-- Mean daily running distance of the 21 days before the last seven (uncoupled). Shown, not scored.
-- unit: m/day
-- evidence: acute_window_days, chronic_window_days, acwr_null
-- unknown when: no run in it has a distance; the record does not reach back that far
with final as (
    select
        athlete,
        day,
        case
            when sum(runs) over chronic > 0 and sum(runs - unmeasured_runs) over chronic = 0 then null
            when
                date_diff('day', first_day, day)
                >= getvariable('acute_window_days') + getvariable('chronic_window_days') - 1
                then sum(distance_m) over chronic / getvariable('chronic_window_days')
        end as value
    from day
    window chronic as (
        partition by athlete order by day
        rows between (getvariable('acute_window_days') + getvariable('chronic_window_days'))::integer - 1 preceding
        and getvariable('acute_window_days')::integer preceding
    )
)

select * from final
