-- Where each of the newest outdoor recordings has its first position.
with newest as (
    select
        recording.id,
        recording.started_at,
        list_filter(track.latitude_deg, lambda degrees: degrees is not null) as latitudes,
        list_filter(track.longitude_deg, lambda degrees: degrees is not null) as longitudes
    from recording
    inner join track on recording.id = track.recording_id
    where recording.athlete = $athlete and recording.position_share > 0
    order by recording.started_at desc, recording.id
    limit $newest
),

final as (
    select
        id,
        latitudes[1] as latitude_deg,
        longitudes[1] as longitude_deg
    from newest
    order by started_at desc, id
)

select * from final
