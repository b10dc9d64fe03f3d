-- Sessions: runs that follow each other within the merge gap are one session (a stop button is not a rest).
-- evidence: session_merge_gap_s
with before as (
    select
        *,
        max(ended_at) over earlier as last_ended_at
    from run
    window earlier as (
        partition by athlete order by started_at, id rows between unbounded preceding and 1 preceding
    )
),

opened as (
    select
        *,
        coalesce(epoch(started_at) - epoch(last_ended_at) > getvariable('session_merge_gap_s'), true) as opens
    from before
),

numbered as (
    select
        *,
        count_if(opens) over (partition by athlete order by started_at, id) as number
    from opened
),

final as (
    select
        athlete,
        arg_min(id, started_at) as session,
        list(id order by started_at, id) as activity_ids,
        min(started_at) as started_at,
        arg_min(day, started_at) as day,
        -- of a session in parts, distance and descent are known only where all of its parts' are
        case when count(distance_m) = count(*) then sum(distance_m) end as distance_m,
        case when count(descent_m) = count(*) then sum(descent_m) end as descent_m
    from numbered
    group by athlete, number
)

select * from final
