-- Where each athlete stands: activities, runs, first and last day, and the newest verdict.
with counted as (
    select
        athlete,
        count(*) as activities,
        count_if(sport = 'running') as runs,
        min(day) as first_day,
        max(day) as last_day
    from activity
    where not list_contains(flags, 'clock_unset')
    group by athlete
),

filed as (
    select
        athlete,
        count(*) as files,
        count_if(outcome = 'rejected') as rejected
    from file
    group by athlete
),

latest as (
    select * from assessment
    qualify row_number() over (partition by athlete order by day desc) = 1
),

final as (
    select
        athlete.id as athlete,
        coalesce(filed.files, 0) as files,
        coalesce(filed.rejected, 0) as rejected,
        coalesce(counted.activities, 0) as activities,
        coalesce(counted.runs, 0) as runs,
        counted.first_day,
        counted.last_day,
        latest.day as assessed_day,
        latest.level,
        latest.confidence
    from athlete
    left join counted on athlete.id = counted.athlete
    left join filed on athlete.id = filed.athlete
    left join latest on athlete.id = latest.athlete
)

select * from final
order by athlete
