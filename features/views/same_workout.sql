-- Pairs of recordings of one athlete that are the same workout, from watch, phone or another service.
-- They share most of their time and cover the same distance; or, where a service shifted the clock, they start
-- whole hours apart and agree in time and distance to a hair. Two athletes never share a workout.
-- evidence: merge_overlap_share, merge_distance_share, merge_distance_m, merge_start_hint_s, merge_shift_agreement
with near as (
    select
        *,
        unnest([day, day + 1]) as near_day
    from recording_counted
),

compared as (
    select
        least(a.id, b.id) as a,
        greatest(a.id, b.id) as b,
        epoch(least(a.ended_at, b.ended_at)) - epoch(greatest(a.started_at, b.started_at)) as shared_s,
        least(a.duration_s, b.duration_s) as shorter_s,
        greatest(a.duration_s, b.duration_s) as longer_s,
        abs(epoch(a.started_at) - epoch(b.started_at)) as apart_s,
        abs(a.distance_m - b.distance_m) as differ_m,
        greatest(a.distance_m, b.distance_m) as farther_m,
        (a.format, a.device) is distinct from (b.format, b.device) as is_other_source
    from recording_counted as a
    inner join near as b
        on a.athlete = b.athlete
        and a.day = b.near_day
        -- two of one day meet twice
        and (a.day > b.day or a.id < b.id)
    where not a.is_kept_apart
        and not b.is_kept_apart
        and a.duration_s > 0
        and b.duration_s > 0
        and (a.sport = b.sport or a.sport in ('unknown', 'generic') or b.sport in ('unknown', 'generic'))
),

judged as (
    select
        a,
        b,
        shared_s >= getvariable('merge_overlap_share') * shorter_s
        and differ_m <= greatest(
            getvariable('merge_distance_share') * farther_m, getvariable('merge_distance_m')
        ) as is_same_time_and_distance,
        differ_m is null
        and shared_s >= getvariable('merge_overlap_share') * longer_s
        and apart_s <= getvariable('merge_start_hint_s') as is_same_time,
        is_other_source
        and apart_s > 1800
        and abs(apart_s - 3600 * round(apart_s / 3600)) <= getvariable('merge_start_hint_s')
        and farther_m > 0
        and differ_m <= getvariable('merge_shift_agreement') * farther_m
        and longer_s - shorter_s <= getvariable('merge_shift_agreement') * longer_s as is_shifted
    from compared
),

final as (
    select
        a,
        b,
        coalesce(is_shifted, false) and shifted_alone as is_shifted
    from (
        select
            *,
            not coalesce(is_same_time_and_distance, false) and not coalesce(is_same_time, false) as shifted_alone
        from judged
    )
    where coalesce(is_same_time_and_distance, false)
        or coalesce(is_same_time, false)
        or coalesce(is_shifted, false)
)

select * from final
