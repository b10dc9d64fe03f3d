-- Weeks of running in numbers, whole ones from `$first` to `$last`; weeks before the first activity are not there.
with final as (
    select
        $first::date + 7 * (date_diff('day', $first::date, day) // 7)::integer as week_from,
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
    group by week_from
)

select * from final
order by week_from
