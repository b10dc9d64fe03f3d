-- Simulated training histories for benchmarks/rebuild.py, in bulk. Variables: athletes, days, first_day.
create temp macro chance(athlete, day, purpose) as hash(athlete, day, purpose)::double / 18446744073709551615;

create temp table planned as
select
    athletes.n as athlete,
    days.n as number,
    (getvariable('first_day') + days.n::integer)::date as day,
    chance(athletes.n, days.n, 'what') as what,
    6000 + 10000 * chance(athletes.n, days.n, 'far') ** 3 + 200 * chance(athletes.n, 0, 'far') as distance_m,
    2.5 + chance(athletes.n, 0, 'fast') + 0.3 * chance(athletes.n, days.n, 'fast') as speed_mps
from range(getvariable('athletes')) as athletes (n)
cross join range(getvariable('days')) as days (n);

-- of a week's days four are runs and one is a ride; of the runs some are recorded twice, some in two parts
create temp table recorded as
with workout as (
    select
        *,
        case when what < 0.57 then 'running' else 'cycling' end as sport,
        case when what < 0.57 then distance_m else 3 * distance_m end as full_m,
        case when what < 0.57 then distance_m / speed_mps else 0.4 * distance_m end as full_s,
        day + interval 6 hour + to_seconds(floor(36000 * chance(athlete, number, 'hour'))::bigint) as starts_at
    from planned
    where what < 0.71
)

select
    *,
    copy.n as copy,
    case when what < 0.04 then 0.5 else 1 end as part
from workout
cross join range(2) as copy (n)
where copy.n = 0 or what < 0.08;

insert into recording by name
select
    format('{}-{}-{}', athlete, number, copy) as id,
    'athlete ' || athlete as athlete,
    id as content_sha256,
    case copy when 0 then 'fit' else 'gpx' end as format,
    day::timestamp as imported_at,
    -- a second part begins five minutes after the first has ended; a second recording nearly at once
    starts_at + to_seconds(case when copy = 0 then 0 when what < 0.04 then full_s / 2 + 300 else 7 end::bigint)
        as started_at,
    'UTC' as zone,
    'position' as zone_source,
    day,
    sport,
    null as sub_sport,
    case when chance(athlete, number, 'ground') < 0.6 then 'hard' else 'unknown' end as surface,
    part * full_m as distance_m,
    part * full_s as duration_s,
    part * full_s as moving_s,
    part * 60 * chance(athlete, number, 'hills') as ascent_m,
    case when chance(athlete, number, 'baro') < 0.9 then part * 60 * chance(athlete, number, 'hills') end as descent_m,
    145 as mean_heart_rate_bpm,
    168 as mean_cadence_spm,
    3600 as samples,
    1 as heart_rate_share,
    1 as cadence_share,
    1 as altitude_share,
    1 as position_share,
    'device ' || copy as device,
    null as name,
    []::text[] as flags
from recorded;

insert into stream_measure by name
select
    id as recording_id,
    1 as version,
    []::float[] as segment_distance_m,
    []::float[] as segment_moving_s,
    []::float[] as segment_grade,
    []::float[] as segment_cadence_spm,
    []::float[] as segment_heart_rate_bpm,
    0.8 + 0.3 * chance(id, 0, 'warm') as warm_up_ratio,
    0.8 + 0.3 * chance(id, 0, 'cool') as cool_down_ratio,
    0.05 * chance(id, 0, 'drop') as cadence_drop,
    49 + 2 * chance(id, 0, 'stance') as stance_balance_percent,
    0.0 as oval_track_share
from recording
where sport = 'running';

insert into cadence_habit by name
select
    'athlete ' || n as athlete,
    unnest(generate_series(date_trunc('month', getvariable('first_day')) + interval 1 month,
        getvariable('first_day') + getvariable('days')::integer, interval 1 month))::date as from_day,
    'simulated' as fitted_on,
    140 as intercept_spm,
    9 as slope_spm_per_mps,
    2.5 as slowest_mps,
    4.0 as fastest_mps,
    3.0 as spread_spm,
    1000 as segments,
    20 as runs
from range(getvariable('athletes')) as athletes (n);

insert into activity_load by name
select
    id as activity,
    athlete,
    'simulated' as made_of,
    distance_m * (0.9 + 0.2 * chance(id, 0, 'knee')) as knee_equivalent_m,
    1.0 + 0.3 * chance(id, 0, 'peak') as knee_peak_load,
    0 as walking_m,
    moving_s / 40 as trimp_banister,
    moving_s / 30 as trimp_edwards,
    moving_s * greatest(chance(id, 0, 'hard') - 0.6, 0) as high_intensity_s,
    'heart_rate' as intensity_from
from recording
where sport = 'running' and chance(id, 0, 'known') < 0.95;

insert into surface_match by name
select
    id as recording_id,
    'simulated' as made_of,
    'simulated' as region,
    0.6 as paved, 0 as cobble, 0.1 as compact, 0.1 as gravel, 0 as wood, 0.1 as trail, 0 as soft, 0 as track,
    0.1 as unknown,
    0.7 as explicit_share, 0.2 as inferred_share, 0.05 as off_network_share, 0 as no_position_share, 0.8 as confidence
from recording
where sport = 'running' and chance(id, 0, 'map') < 0.5;

-- a new pair every ten weeks, worn until the one after the next comes
create temp table pairs as
select
    'athlete ' || athletes.n as athlete,
    pair.n as number,
    format('pair {}', pair.n) as id,
    (getvariable('first_day') + (70 * pair.n)::integer)::date as bought_on
from range(getvariable('athletes')) as athletes (n)
cross join range(getvariable('days') // 70) as pair (n);

insert into shoe by name
select
    athlete, id, id as name, bought_on,
    0 as initial_distance_m, 600000 as limit_m, 183 as limit_days, bought_on + 140 as retired_on
from pairs;

insert into shoe_rule by name
select
    row_number() over (order by athlete, number) as id,
    athlete,
    id as shoe,
    bought_on as from_day,
    case when number % 2 = 0 then 6 end as weekday
from pairs;

insert into shoe_assignment by name
select
    recording.athlete, recording.id as activity, pairs.id as shoe, true as by_hand, 1 as share
from recording
inner join pairs
    on recording.athlete = pairs.athlete
    and recording.day between pairs.bought_on and pairs.bought_on + 69
where recording.sport = 'running' and chance(recording.id, 0, 'hand') < 0.1;

insert into recording_effort by name
select
    athlete, id as recording, true as by_hand,
    floor(10 * chance(id, 0, 'effort')) as rpe,
    floor(10 * chance(id, 0, 'recovered')) as recovery
from recording
where sport = 'running' and chance(id, 0, 'told') < 0.8;
