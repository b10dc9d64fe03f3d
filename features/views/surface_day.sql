-- One row per athlete and day with a run: metres on each kind of ground, and on kinds that were new.
-- New is ground with less than a kilometre of running in the thirty days before; of a month before in which no
-- ground is known, nothing is new.
-- evidence: surface_null, spike_window_days, new_surface_floor_m
with ground as (
    select
        run_surface.athlete,
        run_surface.day,
        coalesce(sum(run_surface.hard_share * run.distance_m), 0) as hard_m,
        coalesce(sum(run_surface.firm_share * run.distance_m), 0) as firm_m,
        coalesce(sum(run_surface.natural_share * run.distance_m), 0) as natural_m,
        coalesce(sum(run_surface.track_share * run.distance_m), 0) as track_m,
        coalesce(sum(run_surface.treadmill_share * run.distance_m), 0) as treadmill_m
    from run_surface
    inner join run on run_surface.activity = run.id
    group by run_surface.athlete, run_surface.day
),

-- how many rows the days take in is counted once: five windows in rows cost less than five in days
reaching as (
    select
        *,
        count(*) over (
            partition by athlete order by day - date '1970-01-01'
            range between getvariable('spike_window_days')::bigint preceding and 1 preceding
        ) as days_before
    from ground
),

compared as (
    select
        *,
        hard_m + firm_m + natural_m + track_m + treadmill_m as known_m,
        sum(hard_m) over month_before as hard_before_m,
        sum(firm_m) over month_before as firm_before_m,
        sum(natural_m) over month_before as natural_before_m,
        sum(track_m) over month_before as track_before_m,
        sum(treadmill_m) over month_before as treadmill_before_m
    from reaching
    window month_before as (partition by athlete order by day rows between days_before preceding and 1 preceding)
),

final as (
    select
        athlete,
        day,
        known_m,
        hard_m,
        hard_before_m + firm_before_m + natural_before_m + track_before_m + treadmill_before_m > 0 as is_comparable,
        case when hard_before_m < getvariable('new_surface_floor_m') then hard_m else 0 end
        + case when firm_before_m < getvariable('new_surface_floor_m') then firm_m else 0 end
        + case when natural_before_m < getvariable('new_surface_floor_m') then natural_m else 0 end
        + case when track_before_m < getvariable('new_surface_floor_m') then track_m else 0 end
        + case when treadmill_before_m < getvariable('new_surface_floor_m') then treadmill_m else 0 end as new_m
    from compared
)

select * from final
