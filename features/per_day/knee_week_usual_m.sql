-- The athlete's usual knee-equivalent week: mean of the four seven-day blocks before the last seven days. What is unknown of them is taken to be like the rest.
-- unit: m
-- evidence: usual_known_share, knee_reference_speed_mps
-- unknown when: knee load is known on less than four fifths of the distance, or a run has no distance; the record does not reach back that far
case
    when date_diff('day', first_day, day) < getvariable('acute_window_days') * 5 - 1 then null
    when sum(unmeasured_runs) over four_weeks_before > 0 then null
    when sum(runs) over four_weeks_before = 0 then 0
    when
        sum(knee_known_m) over four_weeks_before
        >= getvariable('usual_known_share') * sum(distance_m) over four_weeks_before
        then
            sum(knee_m) over four_weeks_before / nullif(sum(knee_known_m) over four_weeks_before, 0)
            * sum(distance_m) over four_weeks_before / 4
end
