-- Each workout whose loads are not worked out from what it now is: where its streams are, and the athlete's
-- references in its month. Parameter: worked_out_by (changes when the working out does).
with made as (
    select
        load_source.*,
        athlete.sex,
        athlete.resting_heart_rate_bpm,
        intensity_habit.highest_heart_rate_bpm,
        intensity_habit.threshold_heart_rate_bpm,
        case when load_source.sport = 'running' then intensity_habit.critical_speed_mps end as critical_speed_mps,
        cadence_habit.intercept_spm,
        cadence_habit.slope_spm_per_mps,
        cadence_habit.slowest_mps,
        cadence_habit.fastest_mps,
        md5(concat_ws(
            '|', $worked_out_by,
            load_source.sport, load_source.distance_m, load_source.moving_s, load_source.segments_of, load_source.heart_rate_of,
            cadence_habit.fitted_on, intensity_habit.fitted_on, athlete.resting_heart_rate_bpm, athlete.sex
        )) as made_of
    from load_source
    left join athlete on load_source.athlete = athlete.id
    left join cadence_habit
        on load_source.athlete = cadence_habit.athlete
        and load_source.from_day = cadence_habit.from_day
    left join intensity_habit
        on load_source.athlete = intensity_habit.athlete
        and load_source.from_day = intensity_habit.from_day
)

select made.*
from made
left join activity_load on made.activity = activity_load.activity
where made.made_of is distinct from activity_load.made_of
order by made.athlete, made.day, made.activity
