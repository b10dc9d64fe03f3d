-- Each session beside the longest, and the steepest, of the thirty days before it (itself excluded).
-- Days are the athlete's own; an earlier session of the same day counts as before.
-- evidence: spike_window_days
with compared as (
    select
        *,
        greatest(max(distance_m) over month_before, max(distance_m) over same_day) as reference_m,
        greatest(max(descent_m) over month_before, max(descent_m) over same_day) as descent_reference_m,
        date_diff('day', lag(day) over in_order, day) as days_since_session
    from session
    window
        month_before as (
            partition by athlete order by day
            range between to_days(getvariable('spike_window_days')::integer) preceding
            and interval 1 day preceding
        ),
        same_day as (
            partition by athlete, day order by started_at, session
            rows between unbounded preceding and 1 preceding
        ),
        in_order as (partition by athlete order by started_at, session)
),

final as (
    select
        *,
        case when reference_m > 0 then distance_m / reference_m end as spike_ratio,
        case when descent_reference_m > 0 then descent_m / descent_reference_m end as descent_ratio
    from compared
)

select * from final
