-- One row per athlete and day on which known pairs had been worn in the 28 days up to it: how runs spread over them.
-- A pair is worn out, as a reminder, from the distance or the age that the athlete set as its limit.
-- evidence: shoe_limit_m, shoe_limit_days, shoe_rotation_hr
with final as (
    select
        shoe_so_far.athlete,
        shoe_so_far.day,
        sum(shoe_so_far.distance_28d_m) as all_pairs_28d_m,
        nullif(count(*) filter (where shoe_so_far.runs_28d > 0), 0) as pairs_28d,
        sum(shoe_so_far.run_28d_m) filter (where shoe_so_far.runs_28d > 0) as known_28d_m,
        max(shoe_so_far.run_28d_m) filter (where shoe_so_far.runs_28d > 0) as main_28d_m,
        coalesce(sum(shoe_so_far.run_28d_m) filter (
            where shoe_so_far.distance_m >= shoe.limit_m
                or shoe_so_far.day - shoe.bought_on >= shoe.limit_days
        ), 0) as worn_28d_m
    from shoe_so_far
    inner join shoe
        on shoe_so_far.athlete = shoe.athlete
        and shoe_so_far.shoe = shoe.id
    where shoe_so_far.distance_28d_m > 0
        or shoe_so_far.runs_28d > 0
    group by shoe_so_far.athlete, shoe_so_far.day
)

select * from final
