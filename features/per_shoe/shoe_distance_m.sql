-- Kilometres on a pair: what it had when added, plus every run in it since. Always summed anew, never a counter.
-- unit: m
-- evidence: shoe_limit_m
-- unknown when: never
with final as (
    select
        athlete,
        shoe,
        day,
        initial_distance_m + sum(distance_m) over so_far as value
    from shoe_day
    window so_far as (partition by athlete, shoe order by day rows between unbounded preceding and current row)
)

select * from final
