-- Running distance of the last seven days against the seven days before, as a fraction: 0.1 is a tenth more. Shown, not scored.
-- unit: fraction
-- evidence: weekly_change_null
-- unknown when: a run of either week has no distance, no running in the seven days before, or the record does not reach back that far
case
    when sum(unmeasured_runs) over last_7_days > 0 or sum(unmeasured_runs) over week_before > 0 then null
    when date_diff('day', first_day, day) >= getvariable('acute_window_days') * 2 - 1 and sum(distance_m) over week_before > 0
        then sum(distance_m) over last_7_days / sum(distance_m) over week_before - 1
end
