-- The most time above the threshold in one session of the 30 days before the session with the largest such ratio of the last seven days.
-- unit: s
-- evidence: spike_window_days
-- unknown when: high_intensity_spike_7d is unknown
arg_max(high_intensity_reference_s, high_intensity_ratio) over last_7_days
