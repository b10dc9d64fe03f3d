-- How many of the last seven days were without a run.
-- unit: days
-- evidence: acute_window_days
-- unknown when: the record is shorter than seven days
case
    when date_diff('day', first_day, day) >= getvariable('acute_window_days') - 1
        then count_if(runs = 0) over last_7_days
end
