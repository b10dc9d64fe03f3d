-- The largest ratio, over the last seven days, of one session's knee-equivalent distance to the largest of the 30 days before it.
-- unit: ratio
-- evidence: spike_window_days, session_merge_gap_s, descent_grade_load
-- unknown when: no session of the last seven days has a knee load and an earlier one within 30 days; or a session of those 30 days without a knee load was longer than the largest with one
max(knee_ratio) over last_7_days
