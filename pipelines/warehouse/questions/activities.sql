-- Every activity as we count it, oldest first, with the pair it was in (the main one, and all with their shares).
with worn as (
    select
        activity_id,
        arg_max(shoe, share) as shoe,
        list({shoe: shoe, share: share, matched_by: matched_by} order by share desc, shoe) as shoes
    from shoe_worn
    where shoe is not null
    group by activity_id
)

select
    activity.id,
    activity.athlete,
    activity.started_at,
    activity.zone,
    activity.day,
    activity.sport,
    activity.sub_sport,
    activity.surface,
    activity.distance_m,
    activity.duration_s,
    activity.moving_s,
    activity.ascent_m,
    activity.descent_m,
    activity.mean_heart_rate_bpm,
    activity.mean_cadence_spm,
    activity.samples,
    activity.heart_rate_share,
    activity.cadence_share,
    activity.altitude_share,
    activity.position_share,
    activity.device,
    activity.name,
    worn.shoe,
    worn.shoes,
    activity.flags,
    activity.recordings,
    activity.sources
from activity
left join worn on activity.id = worn.activity_id
where activity.athlete = coalesce($athlete, activity.athlete)
    and activity.day between coalesce($first, activity.day) and coalesce($last, activity.day)
order by activity.started_at, activity.id
