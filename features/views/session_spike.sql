-- Each session beside the longest, the steepest, and the hardest on knee and heart, of the thirty days before it
-- (itself excluded). Days are the athlete's own; an earlier session of the same day counts as before.
-- evidence: spike_window_days
with ordered as (
    -- Sessions begin at least an hour apart: microseconds of the day, one for each second since its eve, put those
    -- of a day in order and still let a range of days take in whole days.
    select
        *,
        epoch_us(day::timestamp) + (epoch(started_at) - epoch(day::timestamp))::bigint + 2 * 86400 as in_order
    from session
),

-- how many sessions the days take in is counted once: five windows in rows cost less than five in days
reaching as (
    select
        *,
        count(*) over (
            partition by athlete order by in_order
            range between (getvariable('spike_window_days')::bigint * 86400 + 1) * 1000000 preceding and 1 preceding
        ) as sessions_before
    from ordered
),

compared as (
    select
        *,
        max(distance_m) over month_before as reference_m,
        max(descent_m) over month_before as descent_reference_m,
        max(knee_equivalent_m) over month_before as knee_measured_m,
        max(distance_m) filter (where knee_equivalent_m is null) over month_before as knee_unmeasured_m,
        max(high_intensity_s) over month_before as high_intensity_reference_s,
        date_diff('day', lag(day) over (partition by athlete order by in_order), day) as days_since_session
    from reaching
    window month_before as (partition by athlete order by in_order rows between sessions_before preceding and 1 preceding)
),

referred as (
    select
        * exclude (in_order, sessions_before, knee_measured_m, knee_unmeasured_m),
        -- a longer session without a knee load may have been the largest: then nothing is known
        case
            when knee_measured_m >= coalesce(knee_unmeasured_m, 0) then knee_measured_m
        end as knee_reference_m
    from compared
),

final as (
    select
        *,
        case when reference_m > 0 then distance_m / reference_m end as spike_ratio,
        case when descent_reference_m > 0 then descent_m / descent_reference_m end as descent_ratio,
        case when knee_reference_m > 0 then knee_equivalent_m / knee_reference_m end as knee_ratio,
        case
            when high_intensity_reference_s > 0 then high_intensity_s / high_intensity_reference_s
        end as high_intensity_ratio
    from referred
)

select * from final
