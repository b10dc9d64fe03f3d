-- Metres run downhill in the last seven days, of the runs where descent was measured.
-- unit: m
-- evidence: elevation_hysteresis_m
-- unknown when: there were runs, but descent was measured on none of them
case
    when sum(runs) over last_7_days = 0 then 0
    when sum(descent_known_m) over last_7_days > 0 then sum(descent_m) over last_7_days
end
