-- One row per pair and day, while there is something to tell of it, beside all pairs of that day.
select
    shoe_so_far.*,
    shoe_use.all_pairs_28d_m
from shoe_so_far
left join shoe_use using (athlete, day)
where shoe_so_far.is_told
