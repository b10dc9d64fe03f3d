-- One row per athlete and calendar day, empty days included, from the first activity to the day asked for: what was
-- run on it, in the few numbers that weekly tables and plans ask for.
with first_day as (
    select
        athlete,
        min(day) as day
    from activity
    where day <= getvariable('as_of')
        and not list_contains(flags, 'clock_unset')
    group by athlete
),

spine as (
    select
        athlete,
        unnest(generate_series(day, getvariable('as_of'), interval 1 day))::date as day,
        day as first_day
    from first_day
),

longest as (
    select
        athlete,
        day,
        max(distance_m) as longest_m
    from session
    group by athlete, day
),

final as (
    select
        spine.athlete,
        spine.day,
        spine.first_day,
        -- a day without a run is zero kilometres and no load; a day with a run of unknown length is unknown
        coalesce(run_day.runs, 0) as runs,
        coalesce(run_day.unmeasured_runs, 0) as unmeasured_runs,
        case when run_day.runs is null then 0 else run_day.distance_m end as distance_m,
        case when run_day.runs is null then 0 else run_day.descent_m end as descent_m,
        coalesce(run_day.descent_known_m, 0) as descent_known_m,
        longest.longest_m,
        case when coalesce(run_day.knee_unknown_runs, 0) = 0 then coalesce(run_day.knee_m, 0) end as knee_m,
        row_of_days.is_hard
    from spine
    left join run_day using (athlete, day)
    left join row_of_days using (athlete, day)
    left join longest using (athlete, day)
)

select * from final
-- who looks back over days, or asks for those of one athlete, finds them together
order by athlete, day
