-- Share of the last seven days' running distance on hard ground, of the distance whose ground is known. Shown, not scored.
-- unit: share 0-1
-- evidence: surface_null
-- unknown when: no ground of those days is known
sum(hard_surface_m) over last_7_days / nullif(sum(surface_known_m) over last_7_days, 0)
