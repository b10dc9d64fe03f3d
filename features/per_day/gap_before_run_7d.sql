-- The longest stretch, in days, that ended with a run in the last seven days.
-- unit: days
-- evidence: return_gap_days
-- unknown when: no run in the last seven days, or none before it
max(days_since_session) over last_7_days
