-- Runs that count, of a length that can be believed.
select
    activity.* exclude (is_run) replace (
        -- a suspect run is a run of unknown length until the athlete has accepted it
        case when not list_contains(flags, 'suspect') then distance_m end as distance_m,
        -- altitude from GPS alone is too noisy for descent: unknown, not a wrong number
        case when not list_has_any(flags, ['elevation_from_gps', 'suspect']) then descent_m end as descent_m,
        case when not list_has_any(flags, ['elevation_from_gps', 'suspect']) then ascent_m end as ascent_m
    )
from activity
where is_run
