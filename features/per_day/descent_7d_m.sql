-- Metres run downhill in the last seven days, of the runs where descent was measured.
-- unit: m
-- evidence: elevation_hysteresis_m
-- unknown when: there were runs, but descent was measured on none of them
with final as (
    select
        athlete,
        day,
        case
            when sum(runs) over last_week = 0 then 0
            when sum(descent_known_m) over last_week > 0 then sum(descent_m) over last_week
        end as value
    from day
    window last_week as (partition by athlete order by day rows between 6 preceding and current row)
)

select * from final
