-- Each run with all that is known of it: what it asked for, how it was run, and how the athlete found it.
-- A suspect run, until it is accepted, has no loads: they rest on the same samples as its distance.
with final as (
    select
        run.athlete,
        run.id,
        run.started_at,
        run.ended_at,
        run.day,
        run.distance_m,
        run.descent_m,
        coalesce(run.moving_s, run.duration_s) as running_s,
        -- a locked wrist sensor counted steps, not beats
        case
            when not list_contains(run.flags, 'cadence_lock') then coalesce(run.heart_rate_share, 0)
            else 0
        end as heart_rate_share,
        activity_load.knee_equivalent_m,
        activity_load.knee_peak_load,
        activity_load.walking_m,
        activity_load.high_intensity_s,
        activity_load.trimp_banister as trimp,
        effort_told.rpe,
        effort_told.recovery,
        stream_measure.warm_up_ratio,
        stream_measure.cool_down_ratio,
        stream_measure.cadence_drop,
        stream_measure.stance_balance_percent,
        -- mean cadence against the usual one at the mean speed, both on a line: no need for the segments
        run.mean_cadence_spm / (
            cadence_habit.intercept_spm
            + cadence_habit.slope_spm_per_mps
            * greatest(least(run.distance_m / nullif(run.moving_s, 0), cadence_habit.fastest_mps), cadence_habit.slowest_mps)
        ) as cadence_ratio
    from run
    left join activity_load
        on run.id = activity_load.activity
        and not list_contains(run.flags, 'suspect')
    left join effort_told
        on run.athlete = effort_told.athlete
        and run.id = effort_told.activity
    left join stream_measure
        on run.recordings[1] = stream_measure.recording_id -- the best of them comes first
        and not list_contains(run.flags, 'suspect')
    left join cadence_habit
        on run.athlete = cadence_habit.athlete
        and date_trunc('month', run.day) = cadence_habit.from_day
)

select * from final
