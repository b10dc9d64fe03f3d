-- The largest ratio, over the last seven days, of one session's descent to the largest of the 30 days before it.
-- unit: ratio
-- evidence: spike_window_days, descent_grade_load
-- unknown when: descent was not measured, or not in the 30 days before
max(descent_ratio) over last_7_days
