-- What one workout's page asks beside the workout itself: its recordings, the session it belongs to beside the thirty
-- days before, and the recording and the cadence habit that its knee load is worked out from.
with best as (
    select
        recording_of.activity,
        list(recording_of.recording order by recording_of.rank) as recordings,
        arg_min(recording_of.recording, recording_of.rank) filter (where track.recording_id is not null) as track_of,
        arg_min(
            recording_of.recording,
            (list_aggregate(stream_measure.segment_grade, 'count') = 0, recording_of.rank)
        ) filter (where len(stream_measure.segment_distance_m) > 0) as segments_of,
        arg_min(recording_of.recording, recording_of.rank) filter (where surface_match.unknown < 1) as surface_of
    from recording_of
    left join (select recording_id from track) as track on recording_of.recording = track.recording_id
    left join stream_measure on recording_of.recording = stream_measure.recording_id
    left join surface_match on recording_of.recording = surface_match.recording_id
    where recording_of.activity = $activity and recording_of.athlete = $athlete
    group by recording_of.activity
)

select
    best.*,
    session_spike.spike_ratio,
    session_spike.reference_m,
    session_spike.distance_m as session_m,
    stream_measure.segment_distance_m,
    stream_measure.segment_moving_s,
    stream_measure.segment_grade,
    stream_measure.segment_cadence_spm,
    stream_measure.segment_heart_rate_bpm,
    stream_measure.segment_walked_m,
    stream_measure.segment_walked_s,
    cadence_habit.intercept_spm,
    cadence_habit.slope_spm_per_mps,
    cadence_habit.slowest_mps,
    cadence_habit.fastest_mps,
    (
        select list({from_m: from_m, to_m: to_m, class: class} order by from_m)
        from surface_segment
        where surface_segment.recording_id = best.surface_of
    ) as stretches
from best
inner join activity on best.activity = activity.id
left join session_spike
    on session_spike.athlete = $athlete
    and list_contains(session_spike.activity_ids, best.activity)
left join stream_measure on best.segments_of = stream_measure.recording_id
left join cadence_habit
    on cadence_habit.athlete = $athlete
    and cadence_habit.from_day = date_trunc('month', activity.day)
