-- One row per athlete and calendar day, as in `day_total` and in its order, with everything that features are made of.
with sessions as (
    select
        athlete,
        day,
        max(spike_ratio) as spike_ratio,
        arg_max(distance_m, spike_ratio) as spike_distance_m,
        arg_max(reference_m, spike_ratio) as spike_reference_m,
        max(descent_ratio) as descent_ratio,
        arg_max(descent_m, descent_ratio) as descent_peak_m,
        arg_max(descent_reference_m, descent_ratio) as descent_reference_m,
        max(knee_ratio) as knee_ratio,
        arg_max(knee_equivalent_m, knee_ratio) as knee_peak_m,
        arg_max(knee_reference_m, knee_ratio) as knee_reference_m,
        max(high_intensity_ratio) as high_intensity_ratio,
        arg_max(high_intensity_s, high_intensity_ratio) as high_intensity_peak_s,
        arg_max(high_intensity_reference_s, high_intensity_ratio) as high_intensity_reference_s,
        max(days_since_session) as days_since_session
    from session_spike
    group by athlete, day
),

final as (
    select
        day_total.athlete,
        day_total.day,
        day_total.first_day,
        date_diff('day', day_total.first_day, day_total.day) % (2 * getvariable('ewma_memory_days')) as turn_day,
        day_total.runs,
        day_total.unmeasured_runs,
        day_total.distance_m,
        coalesce(run_day.running_s, 0) as running_s,
        coalesce(run_day.untimed_runs, 0) as untimed_runs,
        day_total.descent_m,
        day_total.descent_known_m,
        day_total.longest_m,
        coalesce(run_day.knee_m, 0) as knee_m,
        coalesce(run_day.knee_known_m, 0) as knee_known_m,
        coalesce(run_day.knee_unknown_runs, 0) as knee_unknown_runs,
        run_day.knee_peak_load,
        coalesce(run_day.walking_m, 0) + coalesce(other_day.walked_m, 0) as walking_m,
        coalesce(run_day.walking_unknown_runs, 0) + coalesce(other_day.unmeasured_walks, 0) as walking_unknown,
        coalesce(run_day.high_intensity_s, 0) as high_intensity_s,
        coalesce(run_day.high_intensity_unknown_runs, 0) as high_intensity_unknown_runs,
        coalesce(run_day.trimp, 0) as trimp,
        coalesce(run_day.trimp_known_s, 0) as trimp_known_s,
        coalesce(run_day.trimp_unknown_runs, 0) as trimp_unknown_runs,
        coalesce(run_day.heart_rate_known_s, 0) as heart_rate_known_s,
        coalesce(run_day.effort_load, 0) as effort_load,
        coalesce(run_day.effort_unknown_runs, 0) as effort_unknown_runs,
        run_day.rpe_sum,
        run_day.rpe_runs,
        run_day.recovery_sum,
        run_day.recovery_runs,
        run_day.warm_up_known_runs,
        run_day.warm_up_skipped_runs,
        run_day.cool_down_known_runs,
        run_day.cool_down_skipped_runs,
        run_day.cadence_drop,
        run_day.cadence_ratio_sum,
        run_day.cadence_ratio_runs,
        run_day.stance_sum,
        run_day.stance_runs,
        coalesce(row_of_days.follows_run, false) as follows_run,
        row_of_days.days_in_a_row,
        row_of_days.hard_days_in_a_row,
        row_of_days.is_hard,
        run_day.runs is not null and row_of_days.is_hard is null as is_hardness_unknown,
        sessions.* exclude (athlete, day),
        coalesce(surface_day.known_m, 0) as surface_known_m,
        coalesce(surface_day.hard_m, 0) as hard_surface_m,
        case when surface_day.is_comparable then surface_day.known_m end as surface_comparable_m,
        case when surface_day.is_comparable then surface_day.new_m end as new_surface_m,
        coalesce(new_pair_day.runs, 0) as new_pair_runs,
        shoe_use.* exclude (athlete, day, all_pairs_28d_m),
        coalesce(other_day.low_impact_s, 0) as low_impact_s,
        coalesce(other_day.low_impact_unknown, 0) as low_impact_unknown
    from day_total
    left join run_day using (athlete, day)
    left join row_of_days using (athlete, day)
    left join sessions using (athlete, day)
    left join surface_day using (athlete, day)
    left join new_pair_day using (athlete, day)
    left join shoe_use using (athlete, day)
    left join other_day using (athlete, day)
)

select * from final
