-- Share of the last 28 days' training time that was low-impact, of running and low-impact time together.
-- unit: share 0-1
-- evidence: other_sports_hr
-- unknown when: a workout of those days has no duration, or there was no training in them
case
    when sum(low_impact_unknown + untimed_runs) over last_28_days = 0
        then sum(low_impact_s) over last_28_days
            / nullif(sum(low_impact_s) over last_28_days + sum(running_s) over last_28_days, 0)
end
