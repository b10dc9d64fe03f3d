-- Calendar weeks (Monday to Sunday) of running in numbers; weeks before the first activity are not there.
with final as (
    select
        date_trunc('week', day)::date as monday,
        coalesce(sum(distance_m), 0) as distance_m,
        sum(runs)::integer as runs,
        sum(unmeasured_runs)::integer as unmeasured_runs,
        max(longest_m) as longest_m,
        case
            when sum(runs) = 0 then 0
            when sum(descent_known_m) > 0 then sum(descent_m)
        end as descent_m
    from day_total
    where athlete = $athlete and day between $first and $last
    group by monday
)

select * from final
order by monday
