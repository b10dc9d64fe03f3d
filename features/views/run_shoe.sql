-- Which pair each run was in: a correction by hand first, else the fitting rule that was added last.
-- A pair counts no run after the day it was retired; no fitting pair is NULL, not a guess.
with ruled as (
    select
        run.athlete,
        run.id,
        arg_max(shoe_rule.shoe, shoe_rule.id) as shoe
    from run
    inner join shoe_rule
        on run.athlete = shoe_rule.athlete
        and run.day between shoe_rule.from_day and coalesce(shoe_rule.to_day, run.day)
        and (shoe_rule.sub_sport is null or shoe_rule.sub_sport = run.sub_sport)
        and (shoe_rule.weekday is null or shoe_rule.weekday = isodow(run.day))
    inner join shoe
        on shoe_rule.athlete = shoe.athlete
        and shoe_rule.shoe = shoe.id
        and run.day <= coalesce(shoe.retired_on, run.day)
    group by run.athlete, run.id
),

by_hand as (
    -- any recording of an activity names it; the athlete's word beats an export's
    select
        shoe_assignment.athlete,
        recording_of.activity,
        arg_max(shoe_assignment.shoe, shoe_assignment.by_hand) as shoe
    from shoe_assignment
    inner join recording_of
        on shoe_assignment.athlete = recording_of.athlete
        and shoe_assignment.activity = recording_of.recording
    group by shoe_assignment.athlete, recording_of.activity
),

final as (
    select
        run.athlete,
        run.id as activity_id,
        run.day,
        run.distance_m,
        coalesce(by_hand.shoe, ruled.shoe) as shoe
    from run
    left join by_hand
        on run.athlete = by_hand.athlete
        and run.id = by_hand.activity
    left join ruled
        on run.athlete = ruled.athlete
        and run.id = ruled.id
)

select * from final
