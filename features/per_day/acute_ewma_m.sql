-- Exponentially weighted mean of daily running distance over seven days, of the last half year. Shown, not scored.
-- unit: m/day
-- evidence: acute_window_days, ewma_long_days, ewma_memory_days, acwr_null
-- unknown when: a run of the last seven days has no distance (an older one counts as 0); the record is shorter than 28 days

-- A sum of x * w^age is worked out as w^today * (sum of x * w^-day); days are counted anew every two memories, so that
-- no power overflows, and what lies before the last such turn is scaled over it.
case
    when
        date_diff('day', first_day, day) < getvariable('ewma_long_days') - 1
        or sum(unmeasured_runs) over last_7_days > 0 then null
    else
        2 / (getvariable('acute_window_days') + 1) * (1 - 2 / (getvariable('acute_window_days') + 1)) ** turn_day
        * (
            coalesce(sum(distance_m * (1 - 2 / (getvariable('acute_window_days') + 1)) ** -turn_day)
                filter (where turn_day < getvariable('ewma_memory_days')) over last_half_year, 0)
            + coalesce(sum(distance_m * (1 - 2 / (getvariable('acute_window_days') + 1)) ** -turn_day)
                filter (where turn_day >= getvariable('ewma_memory_days')) over last_half_year, 0)
            * case
                when turn_day < getvariable('ewma_memory_days')
                    then (1 - 2 / (getvariable('acute_window_days') + 1)) ** (2 * getvariable('ewma_memory_days'))
                else 1
            end
        )
        + coalesce(first_value(distance_m) over so_far, 0)
        * (1 - 2 / (getvariable('acute_window_days') + 1)) ** (date_diff('day', first_day, day) + 1)
end
