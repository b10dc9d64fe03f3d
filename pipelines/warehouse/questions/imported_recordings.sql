-- Each recording of an athlete with every file that holds it.
with held as (
    select
        path,
        unnest(recording_ids) as id
    from file
    where athlete = $athlete
)

select
    recording.id,
    held.path,
    recording.sport,
    recording.started_at
from held
inner join recording on held.id = recording.id
order by recording.started_at, recording.id
