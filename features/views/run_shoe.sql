-- One row per run and pair it was in (NULL = no pair), with its share of the run. The rows of a run sum to the run.
with final as (
    select
        athlete,
        activity_id,
        day,
        shoe,
        share,
        distance_m,
        matched_by
    from shoe_worn
    where sport = 'running'
)

select * from final
