-- Recordings that count, as the athlete decided: rejected files are left out, accepted ones are no longer suspect.
-- A recording whose clock was never set counts from the start that the athlete gave it.
with decided as (
    select
        recording.* replace (
            -- the parts of one file keep their distance from each other
            coalesce(
                file_decision.starts_at + (recording.started_at - min(recording.started_at) over same_file),
                recording.started_at
            ) as started_at,
            coalesce(
                file_decision.day + date_diff('day', min(recording.day) over same_file, recording.day)::integer,
                recording.day
            ) as day,
            list_filter(
                recording.flags,
                lambda flag: not (
                    (flag = 'suspect' and coalesce(file_decision.decision = 'accept', false))
                    or (flag = 'clock_unset' and file_decision.starts_at is not null)
                )
            ) as flags
        ),
        kept_apart.recording is not null as is_kept_apart
    from recording
    left join file_decision
        on recording.athlete = file_decision.athlete
        and recording.content_sha256 = file_decision.content_sha256
    left join kept_apart
        on recording.athlete = kept_apart.athlete
        and recording.id = kept_apart.recording
    where coalesce(file_decision.decision, 'accept') <> 'reject'
    window same_file as (partition by recording.athlete, recording.content_sha256)
),

final as (
    select
        *,
        started_at + to_microseconds((coalesce(duration_s, 0) * 1e6)::bigint) as ended_at
    from decided
)

select * from final
