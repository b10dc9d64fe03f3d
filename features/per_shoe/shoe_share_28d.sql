-- Share of the distance in known pairs over the last 28 days that was in this one: how pairs are rotated.
-- unit: share
-- evidence: shoe_rotation_hr
-- unknown when: no distance in any pair in 28 days
distance_28d_m / nullif(all_pairs_28d_m, 0)
