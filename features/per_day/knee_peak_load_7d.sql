-- The highest load of one step on the kneecap joint in the last seven days, of the runs where it is known: 1 is level, at 2.78 m/s.
-- unit: ratio
-- evidence: knee_reference_speed_mps, knee_peak_speed_exponent
-- unknown when: it is known of no run in those days
max(knee_peak_load) over last_7_days
