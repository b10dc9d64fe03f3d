-- What became of the files below one folder, archives' members too.
select
    file.path,
    file.outcome,
    file.reason,
    coalesce(
        (
            select list(distinct recording_of.activity)
            from recording_of
            where list_contains(file.recording_ids, recording_of.recording)
        ),
        []
    ) as activity_ids
from file
where file.athlete = $athlete and starts_with(file.path, $prefix)
order by file.path
