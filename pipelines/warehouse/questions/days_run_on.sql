-- The days with a run of some weeks, oldest first: how far, the load on the knee, whether it was a hard day.
with final as (
    select
        day,
        distance_m,
        knee_m,
        is_hard
    from day_total
    where athlete = $athlete and day between $first and $last and runs > 0
)

select * from final
order by day
