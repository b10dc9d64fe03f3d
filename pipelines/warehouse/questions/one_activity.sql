-- One activity as it counts, with the recordings that it is made of.
select
    id,
    athlete,
    day,
    distance_m,
    recordings
from activity
where id = $id
