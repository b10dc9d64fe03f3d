-- Share of the last 28 days' distance in known pairs that was run in pairs past their limit of distance or age, as of this day. Shown, not scored.
-- unit: share 0-1
-- evidence: shoe_limit_m, shoe_limit_days, shoe_mileage_null
-- unknown when: no distance of those days is in a known pair
worn_28d_m / nullif(known_28d_m, 0)
