-- Descent of the session with the largest descent ratio of the last seven days.
-- unit: m
-- evidence: spike_window_days
-- unknown when: descent_spike_7d is unknown
with final as (
    select
        athlete,
        day,
        arg_max(descent_peak_m, descent_ratio) over last_week as value
    from day
    window last_week as (partition by athlete order by day rows between 6 preceding and current row)
)

select * from final
