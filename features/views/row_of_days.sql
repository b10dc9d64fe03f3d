-- One row per athlete and day with a run: whether it was a hard day, and how long the rows of days are that it ends.
-- evidence: hard_day_high_intensity_s, hard_day_rpe, hard_day_ratio
with placed as (
    select
        athlete,
        day,
        distance_m,
        unmeasured_runs,
        high_intensity_s,
        rpe_max,
        avg(distance_m) over four_weeks_before as usual_m,
        row_number() over in_order as nth_day,
        coalesce(day - lag(day) over in_order = 1, false) as follows_run
    from run_day
    window
        four_weeks_before as (
            partition by athlete order by day range between interval 28 day preceding and interval 1 day preceding
        ),
        in_order as (partition by athlete order by day)
),

judged as (
    select
        *,
        -- known to be hard where anything says so; known not to be where at least the whole distance does
        coalesce(high_intensity_s >= getvariable('hard_day_high_intensity_s'), false)
        or coalesce(rpe_max >= getvariable('hard_day_rpe'), false)
        or case
            when unmeasured_runs = 0 or distance_m >= getvariable('hard_day_ratio') * usual_m
                then distance_m >= getvariable('hard_day_ratio') * usual_m
        end as is_hard
    from placed
),

final as (
    -- a row of days reaches back to the last day that broke it
    select
        athlete,
        day,
        is_hard,
        follows_run,
        nth_day - max(case when not follows_run then nth_day - 1 end) over in_order as days_in_a_row,
        nth_day - max(
            case
                when not coalesce(is_hard, false) then nth_day
                when not follows_run then nth_day - 1
            end
        ) over in_order as hard_days_in_a_row
    from judged
    window in_order as (partition by athlete order by day)
)

select * from final
