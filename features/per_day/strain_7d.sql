-- Strain: running distance of the last seven days times its monotony. Shown against the athlete's own past, not against a fixed line.
-- unit: m
-- evidence: monotony_null
-- unknown when: monotony_7d is unknown
case
    when
        sum(unmeasured_runs) over last_7_days = 0
        and date_diff('day', first_day, day) >= getvariable('acute_window_days') - 1
        and sum(distance_m) over last_7_days > 0
        then
            (sum(distance_m) over last_7_days) ** 2 / getvariable('acute_window_days')
            / nullif(stddev_samp(distance_m) over last_7_days, 0)
end
