-- Days since the pair was bought.
-- unit: days
-- evidence: shoe_limit_days
-- unknown when: never
with final as (
    select
        athlete,
        shoe,
        day,
        greatest(date_diff('day', bought_on, day), 0) as value
    from shoe_day
)

select * from final
