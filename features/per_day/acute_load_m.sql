-- Mean daily running distance of the last seven days. Shown, not scored.
-- unit: m/day
-- evidence: acute_window_days, acwr_null
-- unknown when: no run in it has a distance; the record is shorter than seven days
case
    when sum(runs) over last_7_days > 0 and sum(runs) over last_7_days = sum(unmeasured_runs) over last_7_days then null
    when date_diff('day', first_day, day) >= getvariable('acute_window_days') - 1
        then sum(distance_m) over last_7_days / getvariable('acute_window_days')
end
