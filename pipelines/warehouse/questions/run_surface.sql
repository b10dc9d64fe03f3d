-- What one run was on, where that is known from, and the stretches behind it.
with recordings as (
    select
        surface_match.*,
        recording_of.activity,
        recording_of.rank
    from surface_match
    inner join recording_of on surface_match.recording_id = recording_of.recording
    where recording_of.activity = $activity
        and surface_match.unknown < 1
),

best as (
    select * from recordings
    qualify rank = min(rank) over ()
),

stretches as (
    select list({
        from_m: from_m, to_m: to_m, class: class, way: way, is_explicit: is_explicit, posterior: posterior
    } order by from_m) as stretches
    from surface_segment
    where recording_id in (select recording_id from best)
)

select
    run_surface.*,
    run.distance_m,
    best.region,
    best.paved,
    best.cobble,
    best.compact,
    best.gravel,
    best.wood,
    best.trail,
    best.soft,
    best.track,
    best.unknown,
    best.explicit_share,
    best.inferred_share,
    best.off_network_share,
    best.no_position_share,
    stretches.stretches
from run_surface
inner join run on run_surface.activity = run.id
left join best on run_surface.activity = best.activity
cross join stretches
where run_surface.activity = $activity
