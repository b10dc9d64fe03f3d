-- What each run was on: shares that sum to 1 of hard, firm, natural ground, running track, treadmill, and unknown.
-- The first of these that tells: an indoor recording, the athlete's word, laps of a 400 m track by their shape, the
-- map, the watch's own name for the run. What none of them tells is unknown, never asphalt.
-- evidence: surface_null, oval_track_probability, trail_natural_share, street_hard_share, track_told_share
with best_mapped as (
    select
        recording_of.activity,
        arg_min(recording_of.recording, recording_of.rank) as recording
    from surface_match
    inner join recording_of on surface_match.recording_id = recording_of.recording
    where surface_match.unknown < 1
    group by recording_of.activity
),

mapped as (
    select
        best_mapped.activity,
        surface_match as of_best
    from best_mapped
    inner join surface_match on best_mapped.recording = surface_match.recording_id
),

shaped as (
    select
        recording_of.activity,
        arg_min(stream_measure.oval_track_share, recording_of.rank) as oval_share
    from stream_measure
    inner join recording_of on stream_measure.recording_id = recording_of.recording
    where stream_measure.oval_track_share > 0
    group by recording_of.activity
),

answered as (
    select
        run.athlete,
        run.id as activity,
        run.day,
        run.sub_sport,
        surface_told.class,
        mapped.of_best,
        shaped.oval_share,
        case
            when run.surface = 'treadmill' then 'indoor'
            when surface_told.class is not null then 'told'
            -- a map that was asked knows the laps too (pipelines.surfaces.matching)
            when mapped.of_best is not null then 'map'
            when shaped.oval_share is not null then 'track'
            when run.sub_sport in ('trail', 'street', 'road', 'track') then 'sub_sport'
            else 'unknown'
        end as asked
    from run
    left join surface_told
        on run.athlete = surface_told.athlete
        and run.id = surface_told.activity
    left join mapped on run.id = mapped.activity
    left join shaped on run.id = shaped.activity
),

shared as (
    select
        *,
        case asked
            when 'told' then (class = 'hard')::integer
            when 'map' then of_best.paved + of_best.cobble
            when 'sub_sport' then if(sub_sport in ('street', 'road'), getvariable('street_hard_share'), 0)
            else 0
        end as hard_share,
        case asked
            when 'told' then (class = 'firm')::integer
            when 'map' then of_best.compact + of_best.gravel + of_best.wood
            else 0
        end as firm_share,
        case asked
            when 'told' then (class = 'natural')::integer
            when 'map' then of_best.trail + of_best.soft
            when 'sub_sport' then if(sub_sport = 'trail', getvariable('trail_natural_share'), 0)
            else 0
        end as natural_share,
        case asked
            when 'told' then (class = 'track')::integer
            when 'map' then of_best.track
            when 'track' then getvariable('oval_track_probability') * oval_share
            when 'sub_sport' then if(sub_sport = 'track', getvariable('track_told_share'), 0)
            else 0
        end as track_share,
        case asked
            when 'indoor' then 1
            when 'told' then (class = 'treadmill')::integer
            else 0
        end as treadmill_share
    from answered
),

final as (
    select
        athlete,
        activity,
        day,
        hard_share::double as hard_share,
        firm_share::double as firm_share,
        natural_share::double as natural_share,
        track_share::double as track_share,
        treadmill_share::double as treadmill_share,
        greatest(1 - hard_share - firm_share - natural_share - track_share - treadmill_share, 0)::double as unknown_share,
        if(
            asked = 'map' and track_share > greatest(hard_share, firm_share, natural_share, of_best.unknown),
            'track',
            asked
        ) as source,
        case asked
            when 'indoor' then 1
            when 'told' then 1
            when 'map' then of_best.confidence
            when 'track' then getvariable('oval_track_probability')
            when 'sub_sport' then hard_share + natural_share + track_share
        end::double as confidence
    from shared
)

select * from final
