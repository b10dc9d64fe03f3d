-- Workouts that more than one recording tells of, or whose recording is kept apart, newest first.
select
    activity.id as activity,
    activity.day,
    activity.sport,
    activity.distance_m,
    activity.recordings,
    activity.flags,
    exists (
        select 1 from kept_apart
        where kept_apart.athlete = activity.athlete and list_contains(activity.recordings, kept_apart.recording)
    ) as kept_apart
from activity
where activity.athlete = $athlete
    and (len(activity.recordings) > 1 or kept_apart)
order by activity.day desc, activity.id
limit 100
