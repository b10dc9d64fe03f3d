-- One row per athlete and calendar day, empty days included, from the first activity to the day asked for.
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

running as (
    select
        athlete,
        day,
        count(*) as runs,
        count(*) - count(distance_m) as unmeasured_runs,
        sum(distance_m) as distance_m,
        sum(descent_m) as descent_m,
        sum(distance_m) filter (where descent_m is not null) as descent_known_m,
        sum(distance_m) filter (where surface <> 'unknown') as surface_known_m,
        sum(distance_m) filter (where surface = 'hard') as hard_surface_m
    from run
    group by athlete, day
),

sessions as (
    select
        athlete,
        day,
        max(distance_m) as longest_m,
        max(descent_m) as steepest_m,
        max(spike_ratio) as spike_ratio,
        arg_max(distance_m, spike_ratio) as spike_distance_m,
        arg_max(reference_m, spike_ratio) as spike_reference_m,
        max(descent_ratio) as descent_ratio,
        arg_max(descent_m, descent_ratio) as descent_peak_m,
        arg_max(descent_reference_m, descent_ratio) as descent_reference_m,
        max(days_since_session) as days_since_session
    from session_spike
    group by athlete, day
),

final as (
    select
        spine.athlete,
        spine.day,
        spine.first_day,
        coalesce(running.runs, 0) as runs,
        coalesce(running.unmeasured_runs, 0) as unmeasured_runs,
        -- a day without a run is zero kilometres; a day with a run of unknown length is unknown
        case when running.runs is null then 0 else running.distance_m end as distance_m,
        case when running.runs is null then 0 else running.descent_m end as descent_m,
        coalesce(running.descent_known_m, 0) as descent_known_m,
        coalesce(running.surface_known_m, 0) as surface_known_m,
        coalesce(running.hard_surface_m, 0) as hard_surface_m,
        sessions.longest_m,
        sessions.steepest_m,
        sessions.spike_ratio,
        sessions.spike_distance_m,
        sessions.spike_reference_m,
        sessions.descent_ratio,
        sessions.descent_peak_m,
        sessions.descent_reference_m,
        sessions.days_since_session
    from spine
    left join running using (athlete, day)
    left join sessions using (athlete, day)
)

select * from final
