-- Share of the last 28 days' running time with a heart rate that can be relied on.
-- unit: share 0-1
-- evidence: cadence_lock_s
-- unknown when: no running time in those days
case
    when sum(running_s) over last_28_days > 0
        then sum(heart_rate_known_s) over last_28_days / sum(running_s) over last_28_days
end
