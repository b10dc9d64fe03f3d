-- The longest stretch, in days, that ended with a run in the last seven days.
-- unit: days
-- evidence: return_gap_days
-- unknown when: no run in the last seven days, or none before it
with final as (
    select
        athlete,
        day,
        max(days_since_session) over last_week as value
    from day
    window last_week as (partition by athlete order by day rows between 6 preceding and current row)
)

select * from final
