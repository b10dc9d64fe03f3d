-- How much of the running time of some days has each stream, weighted by time.
select
    count(*)::integer as runs,
    sum(position_share * duration_s) / nullif(sum(duration_s), 0) as position,
    sum(heart_rate_share * duration_s) / nullif(sum(duration_s), 0) as heart_rate,
    sum(cadence_share * duration_s) / nullif(sum(duration_s), 0) as cadence,
    sum(altitude_share * duration_s) / nullif(sum(duration_s), 0) as altitude
from activity
where athlete = $athlete and sport = 'running' and day > $today::date - 28 and day <= $today::date
