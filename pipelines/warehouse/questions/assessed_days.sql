-- The days that get a verdict: every Sunday, and the last day measured.
select *
from athlete_day
where isodow(day) = 7 or day = (select max(day) from athlete_day)
order by athlete, day
