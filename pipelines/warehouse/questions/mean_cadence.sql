-- Mean speed and cadence of the runs of some days, each run alike; NULL where none has both.
select
    avg(distance_m / moving_s) as speed_mps,
    avg(mean_cadence_spm) as cadence_spm
from run
where athlete = $athlete
    and day between $first and $last
    and distance_m > 0
    and moving_s > 0
    and mean_cadence_spm is not null
