-- The athlete's usual week downhill: mean descent of the four seven-day blocks before the last seven days.
-- unit: m
-- evidence: elevation_hysteresis_m
-- unknown when: the record does not reach back that far, or descent was measured on none of the runs in it
case
    when date_diff('day', first_day, day) < getvariable('acute_window_days') * 5 - 1 then null
    when sum(runs) over four_weeks_before = 0 then 0
    when sum(descent_known_m) over four_weeks_before > 0 then sum(descent_m) over four_weeks_before / 4
end
