-- Distance in a pair over the last 28 days: the current use that a forecast rests on.
-- unit: m
-- evidence: shoe_limit_m
-- unknown when: never
with final as (
    select
        athlete,
        shoe,
        day,
        sum(distance_m) over last_four_weeks as value
    from shoe_day
    window last_four_weeks as (
        partition by athlete, shoe order by day rows between 27 preceding and current row
    )
)

select * from final
