-- Mean speed and cadence of each run on land up to a day: what an athlete's own habit is learned from.
select
    id as activity_id,
    day,
    distance_m / moving_s as speed_mps,
    mean_cadence_spm as cadence_spm
from run
where athlete = $athlete
    and day between $first and $last
    and distance_m > 0
    and moving_s > 0
    and mean_cadence_spm is not null
order by started_at
