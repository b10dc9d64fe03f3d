-- The longest session of the last 30 days, today included: what the next run is compared with.
-- unit: m
-- evidence: spike_window_days
-- unknown when: no session with a distance in those days
max(longest_m) over last_30_days
