-- The most hard days in a row, of the rows that reach into the last seven days. Hard is much time above the threshold, a high rating of effort, or much more distance than on a usual running day.
-- unit: days
-- evidence: hard_day_high_intensity_s, hard_day_rpe, hard_day_ratio
-- unknown when: whether a running day of the last seven was hard cannot be told: neither threshold nor effort says so, and its distance or the usual one is unknown
case
    when count_if(is_hardness_unknown) over last_7_days = 0
        then coalesce(max(hard_days_in_a_row) over last_7_days, 0)
end
