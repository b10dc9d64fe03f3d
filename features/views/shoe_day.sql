-- One row per pair and day, from the day it was bought (or first worn) to four weeks after it was last worn.
-- Of a pair that is retired by then these weeks tell nothing any more (`is_told`), but they count beside other pairs.
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

worn_days as (
    select
        athlete,
        shoe,
        min(day) as day,
        max(day) as last_day
    from worn
    group by athlete, shoe
),

reach as (
    select
        shoe.athlete,
        shoe.id as shoe,
        shoe.bought_on,
        shoe.initial_distance_m,
        least(shoe.bought_on, coalesce(worn_days.day, shoe.bought_on)) as first_day,
        -- four weeks after it was worn last there is nothing more to tell, nor once it is retired;
        -- but a run told by hand counts even after that
        greatest(
            shoe.bought_on,
            worn_days.last_day,
            least(shoe.retired_on, coalesce(worn_days.last_day + 28, shoe.bought_on))
        ) as last_told,
        worn_days.last_day + 27 as last_counted
    from shoe
    left join worn_days
        on shoe.athlete = worn_days.athlete
        and shoe.id = worn_days.shoe
),

spine as (
    select
        * exclude (first_day, last_counted),
        unnest(generate_series(
            first_day, least(getvariable('as_of'), greatest(last_told, last_counted)), interval 1 day
        ))::date as day
    from reach
),

final as (
    select
        spine.* exclude (last_told),
        spine.day <= spine.last_told as is_told,
        coalesce(worn.runs, 0) as runs,
        coalesce(worn.run_m, 0) as run_m,
        coalesce(worn.distance_m, 0) as distance_m
    from spine
    left join worn using (athlete, shoe, day)
)

select * from final
