-- Of some athletes the seven days up to each of the last Sundays measured: level, knee load and distance beside their own usual.
with newest as (
    select max(day) as day
    from athlete_day
    where isodow(day) = 7
),

final as (
    select
        athlete_day.athlete,
        athlete_day.day,
        assessment.level,
        athlete_day.knee_week_m,
        athlete_day.knee_week_usual_m,
        athlete_day.weekly_distance_m as week_m,
        athlete_day.weekly_distance_usual_m as week_usual_m
    from athlete_day
    cross join newest
    left join assessment on athlete_day.athlete = assessment.athlete and athlete_day.day = assessment.day
    where list_contains($athletes, athlete_day.athlete)
        and isodow(athlete_day.day) = 7
        and athlete_day.day > newest.day - 7 * $weeks
)

select * from final
order by athlete, day
