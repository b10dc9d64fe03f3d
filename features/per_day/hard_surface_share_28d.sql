-- Share of the last 28 days' running distance on hard ground, of the distance whose ground is known. Shown, not scored.
-- unit: share 0-1
-- evidence: surface_null
-- unknown when: no ground of those days is known
case
    when sum(surface_known_m) over last_28_days > 0
        then sum(hard_surface_m) over last_28_days / sum(surface_known_m) over last_28_days
end
