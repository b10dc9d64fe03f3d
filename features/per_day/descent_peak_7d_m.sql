-- Descent of the session with the largest descent ratio of the last seven days.
-- unit: m
-- evidence: spike_window_days
-- unknown when: descent_spike_7d is unknown
arg_max(descent_peak_m, descent_ratio) over last_7_days
