-- How many runs in a pair so far.
-- unit: runs
-- evidence: shoe_limit_m
-- unknown when: never
with final as (
    select
        athlete,
        shoe,
        day,
        sum(runs) over so_far as value
    from shoe_day
    window so_far as (partition by athlete, shoe order by day rows between unbounded preceding and current row)
)

select * from final
