-- Share of the last 28 days' running distance whose ground is known.
-- unit: share 0-1
-- evidence: surface_null
-- unknown when: no running distance in those days
case
    when sum(distance_m) over last_28_days > 0
        then sum(surface_known_m) over last_28_days / sum(distance_m) over last_28_days
end
