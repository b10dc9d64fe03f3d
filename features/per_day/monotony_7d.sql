-- Monotony: mean of the last seven days' daily running distance over its spread (sample standard deviation). Shown against the athlete's own past, not against a fixed line.
-- unit: ratio
-- evidence: monotony_null
-- unknown when: a run of those days has no distance, nobody ran or all days were alike; the record is shorter than seven days
case
    when
        sum(unmeasured_runs) over last_7_days = 0
        and date_diff('day', first_day, day) >= getvariable('acute_window_days') - 1
        and sum(distance_m) over last_7_days > 0
        then sum(distance_m) over last_7_days / getvariable('acute_window_days') / nullif(stddev_samp(distance_m) over last_7_days, 0)
end
