-- Workouts as they are counted, each once: of several recordings, each field comes from the best one that has it.
-- Best is undamaged before damaged, FIT before TCX before GPX, then the one with more samples.
-- Runs that count are running activities with a believable date, each stretch of time once: two of one athlete over
-- the same minutes (watch and phone, FIT and GPX) are one run, and the longer one counts. Two athletes running
-- together are two runs.
-- evidence: same_run_overlap_share
with ranked as (
    select
        recording_counted.*,
        recording_of.activity,
        recording_of.rank,
        recording_of.is_shifted,
        list_contains(recording_counted.flags, 'elevation_from_gps') as is_gps_elevation
    from recording_counted
    inner join recording_of on recording_counted.id = recording_of.recording
    where recording_of.recordings > 1
),

best as (
    select
        *,
        -- altitude from GPS stands in only where nothing better does
        rank + case when is_gps_elevation then 1000 else 0 end as elevation_rank
    from ranked
),

merged as (
    select
        activity as id,
        any_value(athlete) as athlete,
        list(id order by rank) as recordings,
        arg_min(started_at, rank) as started_at,
        arg_min(zone, (zone_source <> 'position', rank)) as zone,
        arg_min(day, (zone_source <> 'position', rank)) as day,
        arg_min(sport, (sport in ('unknown', 'generic'), rank)) as sport,
        arg_min(sub_sport, (sub_sport = 'generic', rank)) as sub_sport,
        arg_min(surface, (surface = 'unknown', rank)) as surface,
        arg_min(distance_m, rank) as distance_m,
        arg_min(duration_s, rank) as duration_s,
        arg_min(moving_s, rank) as moving_s,
        arg_min(ascent_m, elevation_rank) as ascent_m,
        arg_min(descent_m, elevation_rank) as descent_m,
        arg_min(mean_heart_rate_bpm, rank) as mean_heart_rate_bpm,
        arg_min(mean_cadence_spm, rank) as mean_cadence_spm,
        max(samples) as samples,
        max(heart_rate_share) as heart_rate_share,
        max(cadence_share) as cadence_share,
        max(altitude_share) as altitude_share,
        max(position_share) as position_share,
        -- which recording each number is from
        {
            distance_m: arg_min(id, rank) filter (where distance_m is not null),
            duration_s: arg_min(id, rank) filter (where duration_s is not null),
            moving_s: arg_min(id, rank) filter (where moving_s is not null),
            ascent_m: arg_min(id, elevation_rank) filter (where ascent_m is not null),
            descent_m: arg_min(id, elevation_rank) filter (where descent_m is not null),
            mean_heart_rate_bpm: arg_min(id, rank) filter (where mean_heart_rate_bpm is not null),
            mean_cadence_spm: arg_min(id, rank) filter (where mean_cadence_spm is not null)
        } as sources,
        arg_min(device, rank) as device,
        arg_min(name, rank) as name,
        arg_min(flags, rank) as best_flags,
        bool_or(not is_gps_elevation and descent_m is not null) as has_good_elevation,
        bool_or(descent_m is not null) as has_elevation,
        bool_or(not list_contains(flags, 'no_gps')) as has_gps,
        bool_or(is_shifted) as is_shifted
    from best
    group by activity
),

-- twice a little of it is less than once all of it and then again
together as not materialized (
    select
        id,
        athlete,
        [id] as recordings,
        null as sources,
        started_at,
        zone,
        day,
        sport,
        sub_sport,
        surface,
        distance_m,
        duration_s,
        moving_s,
        ascent_m,
        descent_m,
        mean_heart_rate_bpm,
        mean_cadence_spm,
        samples,
        heart_rate_share,
        cadence_share,
        altitude_share,
        position_share,
        device,
        name,
        flags
    from recording_counted
    where id in (select recording from recording_of where recordings = 1)
    union all by name
    select
        merged.* exclude (best_flags, has_good_elevation, has_elevation, has_gps, is_shifted),
        list_sort(list_concat(
            list_filter(
                best_flags,
                lambda flag: not (
                    (flag = 'elevation_from_gps' and has_good_elevation)
                    or (flag = 'elevation_missing' and has_elevation)
                    or (flag = 'no_gps' and has_gps)
                )
            ),
            case when is_shifted then ['merged', 'time_shift_suspected'] else ['merged'] end
        )) as flags
    from merged
),

timed as not materialized (
    select
        *,
        started_at + to_microseconds((coalesce(duration_s, 0) * 1e6)::bigint) as ended_at,
        sport = 'running'
        and day <= getvariable('as_of')
        and not list_contains(flags, 'clock_unset') as is_running
    from together
),

overlapping as (
    select
        athlete,
        id,
        started_at,
        ended_at,
        duration_s
    from timed
    where is_running
    window
        earlier as (
            partition by athlete order by started_at, id rows between unbounded preceding and 1 preceding
        ),
        later as (partition by athlete order by started_at, id rows between 1 following and 1 following)
    qualify started_at < max(ended_at) over earlier or ended_at > min(started_at) over later
),

shadowed as (
    select distinct shorter.id
    from overlapping as shorter
    inner join overlapping as longer
        on shorter.athlete = longer.athlete
        and shorter.id <> longer.id
    where shorter.duration_s > 0
        and (longer.duration_s, longer.id) > (shorter.duration_s, shorter.id)
        and epoch(least(shorter.ended_at, longer.ended_at))
        - epoch(greatest(shorter.started_at, longer.started_at))
        >= getvariable('same_run_overlap_share') * shorter.duration_s
),

final as (
    select
        timed.* exclude (is_running),
        timed.is_running and shadowed.id is null as is_run
    from timed
    left join shadowed using (id)
)

select * from final
