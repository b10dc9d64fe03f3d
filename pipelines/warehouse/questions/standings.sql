-- Where each of some athletes stands: the newest verdict beside that of a week before, reasons that carry weight, the
-- week in numbers. Reasons that rest on the body are left out for those who did not share it; that there is one is told.
with verdict as (
    select *
    from assessment
    where list_contains($athletes, athlete)
    qualify row_number() over (partition by athlete order by day desc) = 1
),

earlier as (
    select
        verdict.athlete,
        arg_max(assessment.level, assessment.day) as level_before
    from verdict
    inner join assessment on verdict.athlete = assessment.athlete and assessment.day <= verdict.day - 7
    group by verdict.athlete
),

weighed as (
    select
        reason.*,
        reason.code = 'previous_knee_injury' and not list_contains($with_body, reason.athlete) as is_unshared
    from verdict
    inner join reason on verdict.athlete = reason.athlete and verdict.day = reason.day
    where reason.contribution > 0
),

reasons as (
    select
        athlete,
        list(
            struct_pack(code, observed, reference, unit, contribution, grade, evidence)
            order by contribution desc, code
        ) filter (where not is_unshared) as reasons,
        bool_or(is_unshared) as unshared_reason
    from weighed
    group by athlete
),

recorded as (
    select
        athlete,
        max(day) as last_recorded
    from activity
    where list_contains($athletes, athlete) and not list_contains(flags, 'clock_unset')
    group by athlete
),

final as (
    select
        verdict.athlete,
        verdict.day,
        verdict.level,
        earlier.level_before,
        verdict.overridden_by is not null as raised_by_pain,
        verdict.unknown_because,
        coalesce(reasons.reasons, []) as reasons,
        coalesce(reasons.unshared_reason, false) as unshared_reason,
        athlete_day.knee_week_m,
        athlete_day.knee_week_usual_m,
        athlete_day.weekly_distance_m as week_m,
        athlete_day.weekly_distance_usual_m as week_usual_m,
        verdict.day - athlete_day.days_since_last_run::integer as last_run_on,
        recorded.last_recorded
    from verdict
    left join earlier using (athlete)
    left join reasons using (athlete)
    left join recorded using (athlete)
    left join athlete_day on verdict.athlete = athlete_day.athlete and verdict.day = athlete_day.day
)

select * from final
order by athlete
