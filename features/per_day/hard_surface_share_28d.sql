-- Share of the last 28 days' running distance on hard ground, of the distance whose surface the recording tells. Shown, not scored.
-- unit: share 0-1
-- evidence: surface_null
-- unknown when: no run of those days says what it was on
with final as (
    select
        athlete,
        day,
        case
            when sum(surface_known_m) over last_four_weeks > 0
                then sum(hard_surface_m) over last_four_weeks / sum(surface_known_m) over last_four_weeks
        end as value
    from day
    window last_four_weeks as (partition by athlete order by day rows between 27 preceding and current row)
)

select * from final
