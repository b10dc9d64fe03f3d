-- The days that get a verdict: every Sunday, the last day measured, and the day a week before that, to compare it with.
with newest as (
    select max(day) as day
    from athlete_day
),

final as (
    select athlete_day.*
    from athlete_day
    cross join newest
    where isodow(athlete_day.day) = 7 or athlete_day.day in (newest.day, newest.day - 7)
)

select * from final
order by athlete, day
