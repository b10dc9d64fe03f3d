-- The largest fall of cadence at like speed from the first to the last third of a run, in the last seven days, as a fraction; negative where it rose in all. Shown, not scored.
-- unit: fraction
-- evidence: cadence_null
-- unknown when: no run of those days tells it
max(cadence_drop) over last_7_days
