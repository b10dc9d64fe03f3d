-- The largest ratio, over the last seven days, of one session's time above the threshold to the most in one of the 30 days before it.
-- unit: ratio
-- evidence: spike_window_days, intensity_null
-- unknown when: no session of the last seven days has such a time and an earlier one above 0 within 30 days
max(high_intensity_ratio) over last_7_days
