-- Share of the last seven days' running distance on a kind of ground that was new, of the distance whose ground is known. Shown, not scored.
-- unit: share 0-1
-- evidence: new_surface_floor_m, surface_null
-- unknown when: no ground of those days is known, or none of the 30 days before; the record does not reach back that far
case
    when date_diff('day', first_day, day) >= getvariable('acute_window_days') + getvariable('spike_window_days') - 1
        then sum(new_surface_m) over last_7_days / nullif(sum(surface_comparable_m) over last_7_days, 0)
end
