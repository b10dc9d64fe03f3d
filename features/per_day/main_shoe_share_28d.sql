-- Share of the last 28 days' distance in known pairs that was run in the most used one.
-- unit: share 0-1
-- evidence: shoe_rotation_hr
-- unknown when: no distance of those days is in a known pair
main_28d_m / nullif(known_28d_m, 0)
