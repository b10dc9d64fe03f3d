-- The surface of an activity in the athlete's own word, which beats map, watch and export.
with final as (
    select
        recording_of.athlete,
        recording_of.activity,
        arg_min(recording_surface.class, recording_of.rank) as class
    from recording_surface
    inner join recording_of
        on recording_surface.athlete = recording_of.athlete
        and recording_surface.recording = recording_of.recording
    group by recording_of.athlete, recording_of.activity
)

select * from final
