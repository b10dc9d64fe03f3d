-- One row per pair and day as in `shoe_day`: what was run in it so far, and in the four weeks up to the day.
-- days of: athlete, shoe
select
    athlete,
    shoe,
    day,
    bought_on,
    is_told,
    initial_distance_m + sum(distance_m) over so_far as distance_m,
    sum(runs) over so_far as runs,
    sum(distance_m) over last_28_days as distance_28d_m,
    sum(run_m) over last_28_days as run_28d_m,
    sum(runs) over last_28_days as runs_28d
from shoe_day
