-- Every file with its outcome, in the order they were seen.
select
    athlete,
    path,
    sha256,
    content_sha256,
    bytes,
    format,
    outcome,
    reason,
    activity_ids,
    seen_at
from file
where athlete = coalesce($athlete, athlete)
    and outcome = coalesce($outcome, outcome)
order by seen_at, path
