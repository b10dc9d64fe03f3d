-- The days of pairs are no longer kept: features alone read them.
drop table if exists shoe_day;
