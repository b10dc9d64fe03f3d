-- Recordings that count, as the athlete decided: rejected files are left out, accepted ones are no longer suspect.
-- A recording whose clock was never set counts from the start that the athlete gave it.
with undecided as (
    select recording.*
    from recording
    anti join file_decision
        on recording.athlete = file_decision.athlete
        and recording.content_sha256 = file_decision.content_sha256
),

decided as (
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
                    (flag = 'suspect' and file_decision.decision = 'accept')
                    or (flag = 'clock_unset' and file_decision.starts_at is not null)
                )
            ) as flags
        )
    from recording
    inner join file_decision
        on recording.athlete = file_decision.athlete
        and recording.content_sha256 = file_decision.content_sha256
    where file_decision.decision <> 'reject'
    window same_file as (partition by recording.athlete, recording.content_sha256)
),

counted as (
    select * from undecided
    union all by name
    select * from decided
),

final as (
    select
        counted.*,
        kept_apart.recording is not null as is_kept_apart,
        counted.started_at + to_microseconds((coalesce(counted.duration_s, 0) * 1e6)::bigint) as ended_at
    from counted
    left join kept_apart
        on counted.athlete = kept_apart.athlete
        and counted.id = kept_apart.recording
)

select * from final
