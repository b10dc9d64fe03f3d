-- How hard each activity felt (session-RPE on the CR-10 scale), and how recovered the athlete was before it.
-- Any recording of an activity names it; the athlete's own word beats an export's.
with final as (
    select
        recording_of.athlete,
        recording_of.activity,
        arg_max(recording_effort.rpe, (recording_effort.by_hand, -recording_of.rank)) as rpe,
        arg_max(recording_effort.recovery, (recording_effort.by_hand, -recording_of.rank)) as recovery
    from recording_effort
    inner join recording_of
        on recording_effort.athlete = recording_of.athlete
        and recording_effort.recording = recording_of.recording
    group by recording_of.athlete, recording_of.activity
)

select * from final
