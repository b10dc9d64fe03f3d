-- The largest knee-equivalent distance of one session in the 30 days before the session with the largest knee ratio of the last seven days.
-- unit: m
-- evidence: spike_window_days
-- unknown when: knee_spike_7d is unknown
arg_max(knee_reference_m, knee_ratio) over last_7_days
