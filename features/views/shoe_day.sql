-- One row per pair and day, from the day it was bought (or first run in) to the day asked for, or retirement.
with first_run as (
    select
        athlete,
        shoe,
        min(day) as day,
        max(day) as last_day
    from run_shoe
    where shoe is not null
    group by athlete, shoe
),

spine as (
    select
        shoe.athlete,
        shoe.id as shoe,
        shoe.bought_on,
        shoe.initial_distance_m,
        unnest(generate_series(
            least(shoe.bought_on, coalesce(first_run.day, shoe.bought_on)),
            -- a run assigned by hand counts even after the pair was retired
            least(
                getvariable('as_of'),
                greatest(coalesce(shoe.retired_on, getvariable('as_of')), first_run.last_day)
            ),
            interval 1 day
        ))::date as day
    from shoe
    left join first_run
        on shoe.athlete = first_run.athlete
        and shoe.id = first_run.shoe
),

worn as (
    select
        athlete,
        shoe,
        day,
        count(*) as runs,
        sum(distance_m) as distance_m
    from run_shoe
    where shoe is not null
    group by athlete, shoe, day
),

final as (
    select
        spine.*,
        coalesce(worn.runs, 0) as runs,
        coalesce(worn.distance_m, 0) as distance_m
    from spine
    left join worn using (athlete, shoe, day)
)

select * from final
