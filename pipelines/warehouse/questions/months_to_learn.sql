-- Each month in which an athlete trained, with what its habits are learned on; those learned on the same are left
-- out. Parameters: learned_by (changes when the learning does), cadence_days, intensity_days.
with month as (
    select distinct
        athlete,
        from_day
    from load_source
    where from_day is not null
),

learned_on as (
    select
        month.athlete,
        month.from_day,
        concat_ws(
            ':', $learned_by,
            count(*) filter (where load_source.day >= month.from_day - $cadence_days::integer),
            bit_xor(md5_number_lower(concat_ws(' ', load_source.segments_of, load_source.day)))
                filter (where load_source.day >= month.from_day - $cadence_days::integer)
        ) as cadence_on,
        concat_ws(
            ':', $learned_by,
            count(load_source.activity),
            bit_xor(md5_number_lower(concat_ws(' ', load_source.heart_rate_of, load_source.day))),
            bit_xor(md5_number_lower(concat_ws(' ', load_source.efforts_of, load_source.day))),
            any_value(athlete.highest_heart_rate_bpm),
            any_value(athlete.birth_year)
        ) as intensity_on
    from month
    left join athlete on month.athlete = athlete.id
    left join load_source
        on month.athlete = load_source.athlete
        and load_source.is_run
        and load_source.day < month.from_day
        and load_source.day >= month.from_day - $intensity_days::integer
    group by month.athlete, month.from_day
)

select
    learned_on.*,
    cadence_on is distinct from cadence_habit.fitted_on as is_cadence_new,
    intensity_on is distinct from intensity_habit.fitted_on as is_intensity_new
from learned_on
left join cadence_habit
    on learned_on.athlete = cadence_habit.athlete
    and learned_on.from_day = cadence_habit.from_day
left join intensity_habit
    on learned_on.athlete = intensity_habit.athlete
    and learned_on.from_day = intensity_habit.from_day
where is_cadence_new or is_intensity_new
order by learned_on.athlete, learned_on.from_day
