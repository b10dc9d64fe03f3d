-- Every running session of an athlete from a day on, with what it is compared with; oldest first.
select
    session as activity,
    day,
    distance_m,
    knee_equivalent_m,
    spike_ratio
from session_spike
where athlete = $athlete and day >= $first
order by started_at
