-- Each pair as it stood at the end of one day (or on its last day, if it was retired before).
with final as (
    select
        shoe,
        arg_max(shoe_distance_m, day) as distance_m,
        arg_max(shoe_age_days, day)::integer as age_days,
        arg_max(shoe_runs, day)::integer as runs,
        arg_max(shoe_distance_28d_m, day) as distance_28d_m
    from shoe_state
    where athlete = $athlete and day <= $day
    group by shoe
)

select * from final
order by shoe
