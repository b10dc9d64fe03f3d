-- One row per athlete and day with runs in known pairs in the 28 days up to it: how these runs spread over the pairs.
-- A pair is worn out, as a reminder, from the distance or the age that the athlete set as its limit.
-- evidence: shoe_limit_m, shoe_limit_days, shoe_rotation_hr
with worn as (
    select
        athlete,
        shoe,
        day,
        count_if(sport = 'running') as runs,
        coalesce(sum(distance_m) filter (where sport = 'running'), 0) as run_m,
        coalesce(sum(distance_m), 0) as distance_m
    from shoe_worn
    where shoe is not null
    group by athlete, shoe, day
),

counted as (
    select
        *,
        sum(distance_m) over in_order as so_far_m,
        lead(day) over in_order as next_day
    from worn
    window in_order as (partition by athlete, shoe order by day)
),

-- the days on which a pair was worn within four weeks, also after it was retired
spread as (
    select
        * exclude (day),
        day as worn_on,
        unnest(generate_series(
            day, least(day + 27, coalesce(next_day - 1, getvariable('as_of')), getvariable('as_of')), interval 1 day
        ))::date as day
    from counted
),

-- each of the four weeks after a day on which the pair was worn has its row, so four weeks back are 28 rows, or reach
-- back to days on which it was not worn
looking_back as (
    select
        *,
        sum(case when day = worn_on then runs end) over four_weeks as runs_28d,
        sum(case when day = worn_on then run_m end) over four_weeks as run_28d_m
    from spread
    window four_weeks as (partition by athlete, shoe order by day rows between 27 preceding and current row)
),

final as (
    select
        looking_back.athlete,
        looking_back.day,
        count(*) as pairs_28d,
        sum(looking_back.run_28d_m) as known_28d_m,
        max(looking_back.run_28d_m) as main_28d_m,
        coalesce(sum(looking_back.run_28d_m) filter (
            where shoe.initial_distance_m + looking_back.so_far_m >= shoe.limit_m
                or looking_back.day - shoe.bought_on >= shoe.limit_days
        ), 0) as worn_28d_m
    from looking_back
    inner join shoe
        on looking_back.athlete = shoe.athlete
        and looking_back.shoe = shoe.id
    where looking_back.runs_28d > 0
    group by looking_back.athlete, looking_back.day
)

select * from final
