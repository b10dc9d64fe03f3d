-- The athlete's usual weekly training impulse by heart rate: mean of the four seven-day blocks before the last seven days. What is unknown of them is taken to be like the rest.
-- unit: TRIMP
-- evidence: usual_known_share, trimp_men_factor, trimp_women_factor
-- unknown when: it is known on less than four fifths of the running time; the record does not reach back that far
case
    when date_diff('day', first_day, day) < getvariable('acute_window_days') * 5 - 1 then null
    when sum(runs) over four_weeks_before = 0 then 0
    when
        sum(trimp_known_s) over four_weeks_before
        >= getvariable('usual_known_share') * sum(running_s) over four_weeks_before
        then
            sum(trimp) over four_weeks_before / nullif(sum(trimp_known_s) over four_weeks_before, 0)
            * sum(running_s) over four_weeks_before / 4
end
