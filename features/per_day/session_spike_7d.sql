-- The largest ratio, over the last seven days, of one session's distance to the longest session of the 30 days before it.
-- unit: ratio
-- evidence: spike_window_days, session_merge_gap_s
-- unknown when: no session in the last seven days has both a distance and an earlier session within 30 days
max(spike_ratio) over last_7_days
