-- What was run on each day of `day`, in numbers: the few that weekly tables and plans ask for.
with final as (
    select
        athlete,
        day,
        first_day,
        runs,
        unmeasured_runs,
        distance_m,
        descent_m,
        descent_known_m,
        longest_m,
        case when knee_unknown_runs = 0 then knee_m end as knee_m,
        is_hard
    from day
)

select * from final
