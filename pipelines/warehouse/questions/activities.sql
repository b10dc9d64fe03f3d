-- Every activity as we count it, oldest first, with the pair it was run in.
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
    run_shoe.shoe,
    activity.flags,
    activity.recordings,
    activity.sources
from activity
left join run_shoe on activity.id = run_shoe.activity_id
where activity.athlete = coalesce($athlete, activity.athlete)
    and activity.day between coalesce($first, activity.day) and coalesce($last, activity.day)
order by activity.started_at, activity.id
