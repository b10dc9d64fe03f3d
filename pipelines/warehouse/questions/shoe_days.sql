-- Each pair as it stood at the end of one day (or on its last day, if it was retired before).
with known as (
    select
        *,
        -- the newest day that was measured, where that is before the one asked for
        day = (select least($day::date, max(day)) from athlete_day) as is_today
    from shoe_state
    where athlete = $athlete and day <= $day
),

summed as (
    select
        shoe,
        max(day) as last_day,
        arg_max(shoe_distance_m, day) as distance_m,
        arg_max(shoe_age_days, day) as age_days,
        arg_max(shoe_runs, day)::integer as runs,
        -- a pair without a row of that day has not been worn for four weeks, or is retired
        coalesce(any_value(shoe_distance_28d_m) filter (where is_today), 0) as distance_28d_m,
        coalesce(any_value(shoe_share_28d) filter (where is_today), 0) as share_28d
    from known
    group by shoe
),

final as (
    select
        summed.* exclude (last_day, age_days),
        -- it ages until it is retired, worn or not
        (summed.age_days + greatest(least($day::date, shoe.retired_on) - summed.last_day, 0))::integer as age_days
    from summed
    inner join shoe on shoe.athlete = $athlete and summed.shoe = shoe.id
)

select * from final
order by shoe
