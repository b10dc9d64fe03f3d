-- The sessions of some days: each running session once (its parts summed), every other activity as it is.
with main_pair as (
    -- of a run split between pairs, the one that had most of it
    select
        activity_id,
        arg_max(shoe, share) as shoe
    from run_shoe
    where athlete = $athlete and shoe is not null
    group by activity_id
),

running as (
    select
        session_spike.session as activity_id,
        session_spike.started_at,
        any_value(run.zone) filter (where run.id = session_spike.session) as zone,
        session_spike.day,
        'running' as sport,
        any_value(run.sub_sport) filter (where run.id = session_spike.session) as sub_sport,
        any_value(run.surface) filter (where run.id = session_spike.session) as surface,
        session_spike.distance_m,
        sum(run.duration_s) as duration_s,
        sum(run.moving_s) as moving_s,
        case when count(run.ascent_m) = count(*) then sum(run.ascent_m) end as ascent_m,
        session_spike.descent_m,
        session_spike.spike_ratio,
        session_spike.reference_m,
        any_value(main_pair.shoe) as shoe,
        list_distinct(flatten(list(run.flags))) as flags
    from session_spike
    inner join run
        on session_spike.athlete = run.athlete and list_contains(session_spike.activity_ids, run.id)
    left join main_pair on session_spike.session = main_pair.activity_id
    where session_spike.athlete = $athlete and session_spike.day between $first and $last
    group by all
),

other as (
    select
        id as activity_id,
        started_at,
        zone,
        day,
        sport,
        sub_sport,
        surface,
        distance_m,
        duration_s,
        moving_s,
        ascent_m,
        descent_m,
        null::double as spike_ratio,
        null::double as reference_m,
        null::text as shoe,
        flags
    from activity
    where athlete = $athlete and day between $first and $last and sport <> 'running'
),

final as (
    select * from running
    union all by name
    select * from other
)

select * from final
order by started_at
