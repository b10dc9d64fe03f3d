-- The athlete's usual week: mean running distance of the four seven-day blocks before the last seven days.
-- unit: m
-- evidence: acute_window_days
-- unknown when: no run in it has a distance; the record does not reach back that far
case
    when
        sum(runs) over four_weeks_before > 0
        and sum(runs) over four_weeks_before = sum(unmeasured_runs) over four_weeks_before then null
    when date_diff('day', first_day, day) >= getvariable('acute_window_days') * 5 - 1
        then sum(distance_m) over four_weeks_before / 4
end
