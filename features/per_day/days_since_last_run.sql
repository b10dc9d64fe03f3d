-- Days since the last run; 0 on a day with one.
-- unit: days
-- evidence: return_gap_days
-- unknown when: no run so far
date_diff('day', max(case when runs > 0 then day end) over so_far, day)
