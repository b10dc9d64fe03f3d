-- Which recordings each workout's loads are worked out from: of several, the best-ranked one that has the stream,
-- and for the stretches rather one with grades. A suspect recording is none; a workout without any has no loads.
with believed as (
    select
        recording_of.activity,
        recording_of.rank,
        stream_measure.recording_id,
        len(stream_measure.segment_distance_m) > 0 as has_segments,
        list_aggregate(stream_measure.segment_grade, 'count') = 0 as lacks_grade,
        stream_measure.heart_rate_s is not null as has_heart_rate,
        stream_measure.best_effort_m is not null as has_efforts
    from recording_of
    inner join recording_counted on recording_of.recording = recording_counted.id
    inner join stream_measure on recording_of.recording = stream_measure.recording_id
    where not list_contains(recording_counted.flags, 'suspect')
),

best as (
    select
        activity,
        arg_min(recording_id, (lacks_grade, rank)) filter (where has_segments) as segments_of,
        arg_min(recording_id, rank) filter (where has_heart_rate) as heart_rate_of,
        arg_min(recording_id, rank) filter (where has_efforts) as efforts_of
    from believed
    group by activity
)

select
    activity.athlete,
    activity.id as activity,
    activity.day,
    activity.sport,
    activity.distance_m,
    activity.moving_s,
    run.id is not null as is_run,
    -- the habits that hold on a day are those of the first day of its month
    case
        when activity.day <= getvariable('as_of') and not list_contains(activity.flags, 'clock_unset')
            then date_trunc('month', activity.day)::date
    end as from_day,
    case when activity.sport = 'running' then best.segments_of end as segments_of,
    best.heart_rate_of,
    best.efforts_of
from activity
left join run on activity.id = run.id
left join best on activity.id = best.activity
