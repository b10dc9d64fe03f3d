-- The longest session of the 30 days before the session with the largest spike ratio of the last seven days.
-- unit: m
-- evidence: spike_window_days
-- unknown when: session_spike_7d is unknown
arg_max(spike_reference_m, spike_ratio) over last_7_days
