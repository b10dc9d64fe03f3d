-- Pairs that some athletes have worn in the last four weeks, as they stand on the newest day measured.
with final as (
    select
        shoe.id,
        shoe.athlete,
        shoe.name,
        shoe.bought_on,
        shoe.initial_distance_m,
        shoe.limit_m,
        shoe.limit_days,
        shoe.retired_on,
        shoe_state.day,
        shoe_state.shoe_distance_m as distance_m,
        shoe_state.shoe_age_days::integer as age_days,
        shoe_state.shoe_runs::integer as runs,
        shoe_state.shoe_distance_28d_m as distance_28d_m,
        coalesce(shoe_state.shoe_share_28d, 0) as share_28d
    from shoe_state
    inner join shoe on shoe_state.athlete = shoe.athlete and shoe_state.shoe = shoe.id
    where list_contains($athletes, shoe_state.athlete)
        and shoe_state.day = (select max(day) from athlete_day)
        and shoe_state.shoe_distance_28d_m > 0
)

select * from final
order by athlete, bought_on, id
