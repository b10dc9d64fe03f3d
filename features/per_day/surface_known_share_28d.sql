-- Share of the last 28 days' running distance whose surface the recording tells.
-- unit: share 0-1
-- evidence: surface_null
-- unknown when: no running distance in those days
with final as (
    select
        athlete,
        day,
        case
            when sum(distance_m) over last_four_weeks > 0
                then sum(surface_known_m) over last_four_weeks / sum(distance_m) over last_four_weeks
        end as value
    from day
    window last_four_weeks as (partition by athlete order by day rows between 27 preceding and current row)
)

select * from final
