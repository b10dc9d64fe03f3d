-- One workout in full: what was counted, what it asked of the knee, how hard and how steady it was, on what ground.
with best_measure as (
    -- of several recordings of it, the best-ranked one that has the measure
    select
        recording_of.activity,
        arg_min(stream_measure.warm_up_ratio, recording_of.rank) as warm_up_ratio,
        arg_min(stream_measure.cool_down_ratio, recording_of.rank) as cool_down_ratio,
        arg_min(stream_measure.cadence_drop, recording_of.rank) as cadence_drop,
        arg_min(stream_measure.stance_balance_percent, recording_of.rank) as stance_balance_percent,
        arg_min(stream_measure.stance_balance_change, recording_of.rank) as stance_balance_change
    from recording_of
    inner join stream_measure on recording_of.recording = stream_measure.recording_id
    group by recording_of.activity
),

shoes as (
    select
        activity_id,
        list({shoe: shoe, share: share, matched_by: matched_by} order by share desc, shoe) as shoes
    from run_shoe
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
    activity.distance_m,
    activity.duration_s,
    activity.moving_s,
    activity.ascent_m,
    activity.descent_m,
    activity.mean_heart_rate_bpm,
    activity.mean_cadence_spm,
    activity.device,
    activity.flags,
    activity_load.knee_equivalent_m,
    activity_load.knee_equivalent_low_m,
    activity_load.knee_equivalent_high_m,
    activity_load.knee_peak_load,
    activity_load.knee_grade_known_share,
    activity_load.knee_cadence_known_share,
    activity_load.knee_extrapolated_share,
    activity_load.walking_m,
    activity_load.trimp_banister,
    activity_load.trimp_edwards,
    activity_load.high_intensity_s,
    activity_load.intensity_from,
    activity_load.zone_s,
    activity_load.pace_zone_s,
    best_measure.warm_up_ratio,
    best_measure.cool_down_ratio,
    best_measure.cadence_drop,
    best_measure.stance_balance_percent,
    best_measure.stance_balance_change,
    run_surface.hard_share,
    run_surface.firm_share,
    run_surface.natural_share,
    run_surface.track_share,
    run_surface.treadmill_share,
    run_surface.unknown_share,
    run_surface.source as surface_source,
    run_surface.confidence as surface_confidence,
    effort_told.rpe,
    effort_told.recovery,
    shoes.shoes
from activity
left join activity_load on activity.id = activity_load.activity
left join best_measure on activity.id = best_measure.activity
left join run_surface on activity.id = run_surface.activity
left join effort_told on activity.athlete = effort_told.athlete and activity.id = effort_told.activity
left join shoes on activity.id = shoes.activity_id
where activity.id = $activity
