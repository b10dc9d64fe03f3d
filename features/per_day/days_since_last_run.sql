-- Days since the last run; 0 on a day with one.
-- unit: days
-- evidence: return_gap_days
-- unknown when: no run so far
with final as (
    select
        athlete,
        day,
        date_diff('day', max(case when runs > 0 then day end) over so_far, day) as value
    from day
    window so_far as (partition by athlete order by day rows between unbounded preceding and current row)
)

select * from final
