-- One row per pair and day, from the day it was bought (or first worn) to four weeks after it was last worn.
with worn as (
    select
        athlete,
        shoe,
        day,
        count_if(sport = 'running') as runs,
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

spine as (
    select
        shoe.athlete,
        shoe.id as shoe,
        shoe.bought_on,
        shoe.initial_distance_m,
        unnest(generate_series(
            least(shoe.bought_on, coalesce(worn_days.day, shoe.bought_on)),
            -- four weeks after it was worn last there is nothing more to tell, nor once it is retired;
            -- but a run told by hand counts even after that
            least(getvariable('as_of'), greatest(
                shoe.bought_on,
                worn_days.last_day,
                least(shoe.retired_on, coalesce(worn_days.last_day + 28, shoe.bought_on))
            )),
            interval 1 day
        ))::date as day
    from shoe
    left join worn_days
        on shoe.athlete = worn_days.athlete
        and shoe.id = worn_days.shoe
),

final as (
    select
        spine.*,
        coalesce(worn.runs, 0) as runs,
        coalesce(worn.distance_m, 0) as distance_m,
        coalesce(sum(worn.distance_m) over last_28_days, 0) as all_pairs_28d_m
    from spine
    left join worn using (athlete, shoe, day)
    -- the rows of all pairs: those of one day come together
    window last_28_days as (
        partition by spine.athlete order by spine.day range between interval 27 day preceding and current row
    )
)

select * from final
