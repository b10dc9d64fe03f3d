-- Runs that count: running activities with a believable date, each stretch of time once.
-- Two recordings of one athlete over the same minutes (watch and phone, FIT and GPX) are one run:
-- the longer one counts. Two athletes running together are two runs.
-- evidence: same_run_overlap_share
with timed as (
    select
        athlete,
        id,
        started_at,
        started_at + to_microseconds((coalesce(duration_s, 0) * 1e6)::bigint) as ended_at,
        duration_s
    from activity
    where sport = 'running'
        and day <= getvariable('as_of')
        and not list_contains(flags, 'clock_unset')
),

overlapping as (
    select * from timed
    window
        earlier as (
            partition by athlete order by started_at, id rows between unbounded preceding and 1 preceding
        ),
        later as (partition by athlete order by started_at, id rows between 1 following and 1 following)
    qualify started_at < max(ended_at) over earlier or ended_at > min(started_at) over later
),

shadowed as (
    select distinct shorter.id
    from overlapping as shorter
    inner join overlapping as longer
        on shorter.athlete = longer.athlete
        and shorter.id <> longer.id
    where shorter.duration_s > 0
        and (longer.duration_s, longer.id) > (shorter.duration_s, shorter.id)
        and epoch(least(shorter.ended_at, longer.ended_at))
        - epoch(greatest(shorter.started_at, longer.started_at))
        >= getvariable('same_run_overlap_share') * shorter.duration_s
),

final as (
    select
        activity.* replace (
            -- a suspect run is a run of unknown length until the athlete has accepted it
            case when not list_contains(activity.flags, 'suspect') then activity.distance_m end as distance_m,
            -- altitude from GPS alone is too noisy for descent: unknown, not a wrong number
            case
                when not list_has_any(activity.flags, ['elevation_from_gps', 'suspect']) then activity.descent_m
            end as descent_m,
            case when not list_has_any(activity.flags, ['elevation_from_gps', 'suspect']) then activity.ascent_m end as ascent_m
        ),
        timed.ended_at
    from activity
    inner join timed on activity.id = timed.id
    where activity.id not in (select id from shadowed)
)

select * from final
