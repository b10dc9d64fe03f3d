-- Sessions: runs that follow each other within the merge gap are one session (a stop button is not a rest).
-- What a session in parts asked for is known only where it is known of all of its parts.
-- evidence: session_merge_gap_s
with beside as (
    select
        athlete,
        id,
        started_at,
        day,
        distance_m,
        descent_m,
        knee_equivalent_m,
        knee_peak_load,
        walking_m,
        high_intensity_s,
        trimp,
        max(ended_at) over (in_order rows between unbounded preceding and 1 preceding) as last_ended_at,
        max(ended_at) over (in_order rows between unbounded preceding and current row) as ended_at,
        lead(started_at) over in_order as next_started_at
    from measured_run
    window in_order as (partition by athlete order by started_at, id)
),

opened as (
    select
        *,
        coalesce(epoch(started_at) - epoch(last_ended_at) > getvariable('session_merge_gap_s'), true) as opens,
        coalesce(epoch(next_started_at) - epoch(ended_at) > getvariable('session_merge_gap_s'), true) as next_opens
    from beside
),

numbered as (
    select
        *,
        count_if(opens) over (partition by athlete order by started_at, id) as number
    from opened
    where not (opens and next_opens)
),

in_parts as (
    select
        athlete,
        arg_min(id, started_at) as session,
        list_sort(list(id)) as activity_ids,
        min(started_at) as started_at,
        arg_min(day, started_at) as day,
        case when count(distance_m) = count(*) then sum(distance_m) end as distance_m,
        case when count(descent_m) = count(*) then sum(descent_m) end as descent_m,
        case when count(knee_equivalent_m) = count(*) then sum(knee_equivalent_m) end as knee_equivalent_m,
        case when count(knee_peak_load) = count(*) then max(knee_peak_load) end as knee_peak_load,
        case when count(walking_m) = count(*) then sum(walking_m) end as walking_m,
        case when count(high_intensity_s) = count(*) then sum(high_intensity_s) end as high_intensity_s,
        case when count(trimp) = count(*) then sum(trimp) end as trimp
    from numbered
    group by athlete, number
),

-- most runs are a session of their own: there is nothing to put together
final as (
    select * from in_parts
    union all by name
    select
        athlete,
        id as session,
        [id] as activity_ids,
        started_at,
        day,
        distance_m,
        descent_m,
        knee_equivalent_m,
        knee_peak_load,
        walking_m,
        high_intensity_s,
        trimp
    from opened
    where opens and next_opens
)

select * from final
