-- Mean daily running distance of the 21 days before the last seven (uncoupled). Shown, not scored.
-- unit: m/day
-- evidence: acute_window_days, chronic_window_days, acwr_null
-- unknown when: no run in it has a distance; the record does not reach back that far
case
    when sum(runs) over three_weeks_before > 0 and sum(runs) over three_weeks_before = sum(unmeasured_runs) over three_weeks_before then null
    when
        date_diff('day', first_day, day)
        >= getvariable('acute_window_days') + getvariable('chronic_window_days') - 1
        then sum(distance_m) over three_weeks_before / getvariable('chronic_window_days')
end
