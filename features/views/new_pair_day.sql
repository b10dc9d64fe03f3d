-- One row per athlete and day with runs in a pair that was still new: fewer kilometres on it than breaking in takes.
-- evidence: new_pair_distance_m
with before as (
    select
        shoe_worn.*,
        shoe.initial_distance_m + coalesce(sum(shoe_worn.distance_m) over earlier, 0) as before_m
    from shoe_worn
    inner join shoe
        on shoe_worn.athlete = shoe.athlete
        and shoe_worn.shoe = shoe.id
    window earlier as (
        partition by shoe_worn.athlete, shoe_worn.shoe order by shoe_worn.day, shoe_worn.activity_id
        rows between unbounded preceding and 1 preceding
    )
),

final as (
    select
        athlete,
        day,
        count(distinct activity_id) as runs
    from before
    where sport = 'running'
        and before_m < getvariable('new_pair_distance_m')
    group by athlete, day
)

select * from final
