-- How much larger the share of hard ground was in the last seven days than in the four weeks before, of the distance whose ground is known. Shown, not scored.
-- unit: share, -1 to 1
-- evidence: surface_null
-- unknown when: no ground of either is known
sum(hard_surface_m) over last_7_days / nullif(sum(surface_known_m) over last_7_days, 0)
- sum(hard_surface_m) over four_weeks_before / nullif(sum(surface_known_m) over four_weeks_before, 0)
