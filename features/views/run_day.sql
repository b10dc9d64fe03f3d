-- One row per athlete and day with a run: its runs summed up.
-- A sum is of the runs where the thing is known; beside it stands on how many, or how much, it rests.
-- evidence: unhurried_start_ratio, unhurried_end_ratio
with final as (
    select
        athlete,
        day,
        count(*) as runs,
        count(*) - count(distance_m) as unmeasured_runs,
        sum(distance_m) as distance_m,
        sum(running_s) as running_s,
        count(*) - count(running_s) as untimed_runs,
        sum(descent_m) as descent_m,
        sum(distance_m) filter (where descent_m is not null) as descent_known_m,
        sum(knee_equivalent_m) as knee_m,
        sum(distance_m) filter (where knee_equivalent_m is not null) as knee_known_m,
        count(*) - count(knee_equivalent_m) as knee_unknown_runs,
        max(knee_peak_load) as knee_peak_load,
        sum(walking_m) as walking_m,
        count(*) - count(walking_m) as walking_unknown_runs,
        sum(high_intensity_s) as high_intensity_s,
        count(*) - count(high_intensity_s) as high_intensity_unknown_runs,
        sum(trimp) as trimp,
        sum(running_s) filter (where trimp is not null) as trimp_known_s,
        count(*) - count(trimp) as trimp_unknown_runs,
        sum(running_s * heart_rate_share) as heart_rate_known_s,
        sum(rpe * running_s / 60) as effort_load,
        count(*) - count(rpe * running_s) as effort_unknown_runs,
        sum(rpe) as rpe_sum,
        count(rpe) as rpe_runs,
        max(rpe) as rpe_max,
        sum(recovery) as recovery_sum,
        count(recovery) as recovery_runs,
        count(warm_up_ratio) as warm_up_known_runs,
        count_if(warm_up_ratio > getvariable('unhurried_start_ratio')) as warm_up_skipped_runs,
        count(cool_down_ratio) as cool_down_known_runs,
        count_if(cool_down_ratio > getvariable('unhurried_end_ratio')) as cool_down_skipped_runs,
        max(cadence_drop) as cadence_drop,
        sum(cadence_ratio) as cadence_ratio_sum,
        count(cadence_ratio) as cadence_ratio_runs,
        sum(stance_balance_percent) as stance_sum,
        count(stance_balance_percent) as stance_runs
    from measured_run
    group by athlete, day
)

select * from final
