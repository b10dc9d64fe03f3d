-- Every file with its outcome, in the order they were seen, and the activities that its recordings belong to.
with became as (
    select
        athlete,
        path,
        sha256,
        unnest(recording_ids) as recording
    from file
),

counted as (
    select
        became.athlete,
        became.path,
        became.sha256,
        list(distinct recording_of.activity order by recording_of.activity) as activity_ids
    from became
    inner join recording_of on became.recording = recording_of.recording
    group by became.athlete, became.path, became.sha256
),

final as (
    select
        file.athlete,
        file.path,
        file.sha256,
        file.content_sha256,
        file.bytes,
        file.format,
        file.outcome,
        file.reason,
        coalesce(counted.activity_ids, []) as activity_ids,
        file_decision.decision,
        file.seen_at
    from file
    left join counted using (athlete, path, sha256)
    left join file_decision using (athlete, content_sha256)
    where file.athlete = coalesce($athlete, file.athlete)
        and file.outcome = coalesce($outcome, file.outcome)
)

select * from final
order by seen_at, path
