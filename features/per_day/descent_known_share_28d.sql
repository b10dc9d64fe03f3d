-- Share of the last 28 days' running distance on which descent was measured.
-- unit: share 0-1
-- evidence: elevation_hysteresis_m
-- unknown when: no running distance in those days
with final as (
    select
        athlete,
        day,
        case
            when sum(distance_m) over last_four_weeks > 0
                then sum(descent_known_m) over last_four_weeks / sum(distance_m) over last_four_weeks
        end as value
    from day
    window last_four_weeks as (partition by athlete order by day rows between 27 preceding and current row)
)

select * from final
