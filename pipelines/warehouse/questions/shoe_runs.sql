-- The runs, and the walks, that count for one pair, newest first, and why they do.
select
    shoe_worn.activity_id as activity,
    shoe_worn.day,
    shoe_worn.sport,
    shoe_worn.share,
    shoe_worn.distance_m,
    shoe_worn.matched_by
from shoe_worn
inner join activity on shoe_worn.activity_id = activity.id
where shoe_worn.athlete = $athlete and shoe_worn.shoe = $shoe
order by activity.started_at desc, activity.id
