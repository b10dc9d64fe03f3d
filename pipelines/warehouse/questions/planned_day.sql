-- What the model will read on a day that is still to come, if nothing more is run until then; and the most that one
-- session of the month before it asked for. $day is the day, $week and $month are in days.
with sessions as (
    select * from session_spike
    where athlete = $athlete and day <= $day
),

of_week as (
    select
        max(spike_ratio) as session_spike_7d,
        arg_max(distance_m, spike_ratio) as spike_distance_7d_m,
        arg_max(reference_m, spike_ratio) as spike_reference_7d_m,
        max(descent_ratio) as descent_spike_7d,
        arg_max(descent_m, descent_ratio) as descent_peak_7d_m,
        arg_max(descent_reference_m, descent_ratio) as descent_reference_7d_m,
        max(knee_ratio) as knee_spike_7d,
        arg_max(knee_equivalent_m, knee_ratio) as knee_spike_session_7d_m,
        arg_max(knee_reference_m, knee_ratio) as knee_spike_reference_7d_m,
        max(days_since_session) as gap_before_run_7d
    from sessions
    where day > $day::date - $week::integer
),

of_month as (
    select
        max(distance_m) as distance_m,
        max(descent_m) as descent_m,
        max(knee_equivalent_m) as knee_equivalent_m
    from sessions
    where day >= $day::date - $month::integer
),

counted as (
    select
        coalesce(sum(runs) filter (where day > $day::date - $week::integer), 0) as runs_7d,
        coalesce(sum(unmeasured_runs) filter (where day > $day::date - $week::integer), 0) as unmeasured_runs_7d,
        date_diff('day', max(day) filter (where runs > 0), $day::date) as days_since_last_run,
        date_diff('day', min(first_day), $day::date) + 1 as history_days
    from day_total
    where athlete = $athlete and day <= $day
)

select *
from of_week, of_month, counted
