-- Which pairs each workout on foot was in, and how much of it. By hand beats an export's word, which beats the
-- fitting rule that was added last; no fitting pair is NULL, not a guess. Rules count nothing for a pair that is
-- retired. Walks and hikes count where somebody says so: by hand, an export, or a rule for that sport.
with on_foot as (
    select
        run.athlete,
        run.id,
        run.day,
        run.sport,
        run.sub_sport,
        run.distance_m,
        -- what the largest share of it was on
        case greatest(
            run_surface.unknown_share, run_surface.hard_share, run_surface.firm_share, run_surface.natural_share,
            run_surface.track_share, run_surface.treadmill_share
        )
            when run_surface.unknown_share then null
            when run_surface.hard_share then 'hard'
            when run_surface.firm_share then 'firm'
            when run_surface.natural_share then 'natural'
            when run_surface.track_share then 'track'
            when run_surface.treadmill_share then 'treadmill'
        end as surface
    from run
    left join run_surface
        on run.athlete = run_surface.athlete
        and run.id = run_surface.activity
    union all
    select
        walk.athlete,
        walk.id,
        walk.day,
        walk.sport,
        walk.sub_sport,
        case when not list_contains(walk.flags, 'suspect') then walk.distance_m end as distance_m,
        null as surface
    from activity as walk
    where walk.sport in ('walking', 'hiking')
        and walk.day <= getvariable('as_of')
        and not list_contains(walk.flags, 'clock_unset')
        -- the same minutes, recorded as a run by another device, count once
        and not exists (
            from run
            where run.athlete = walk.athlete
                and run.day = walk.day
                and run.started_at < walk.started_at + to_microseconds((coalesce(walk.duration_s, 0) * 1e6)::bigint)
                and run.ended_at > walk.started_at
        )
),

told as (
    -- any recording of an activity names it
    select
        shoe_assignment.athlete,
        recording_of.activity,
        shoe_assignment.by_hand,
        nullif(shoe_assignment.shoe, '') as shoe,
        shoe_assignment.share
    from shoe_assignment
    inner join recording_of
        on shoe_assignment.athlete = recording_of.athlete
        and shoe_assignment.activity = recording_of.recording
    qualify rank() over (
        partition by recording_of.athlete, recording_of.activity
        order by shoe_assignment.by_hand desc, recording_of.rank
    ) = 1
),

ruled as (
    select
        on_foot.athlete,
        on_foot.id,
        max(shoe_rule.id) as rule,
        arg_max(shoe_rule.shoe, shoe_rule.id) as shoe
    from on_foot
    inner join shoe_rule
        on on_foot.athlete = shoe_rule.athlete
        and on_foot.day between shoe_rule.from_day and coalesce(shoe_rule.to_day, on_foot.day)
        and on_foot.sport = coalesce(shoe_rule.sport, 'running')
        and (shoe_rule.sub_sport is null or shoe_rule.sub_sport = on_foot.sub_sport)
        and (shoe_rule.surface is null or shoe_rule.surface = on_foot.surface)
        and (shoe_rule.weekday is null or shoe_rule.weekday = isodow(on_foot.day))
        and (shoe_rule.min_distance_m is null or on_foot.distance_m >= shoe_rule.min_distance_m)
        and (shoe_rule.max_distance_m is null or on_foot.distance_m < shoe_rule.max_distance_m)
    inner join shoe
        on shoe_rule.athlete = shoe.athlete
        and shoe_rule.shoe = shoe.id
        and on_foot.day <= coalesce(shoe.retired_on, on_foot.day)
    where not exists (
        from shoe_break
        where shoe_break.athlete = shoe_rule.athlete
            and shoe_break.shoe = shoe_rule.shoe
            and on_foot.day between shoe_break.from_day and shoe_break.to_day
    )
    group by on_foot.athlete, on_foot.id
),

final as (
    select
        on_foot.athlete,
        on_foot.id as activity_id,
        on_foot.day,
        on_foot.sport,
        coalesce(told.share, 1) as share,
        coalesce(told.share, 1) * on_foot.distance_m as distance_m,
        case when told.activity is null then ruled.shoe else told.shoe end as shoe,
        case
            when told.by_hand then 'hand'
            when told.activity is not null then 'export'
            when ruled.rule is not null then 'rule ' || ruled.rule
        end as matched_by
    from on_foot
    left join told
        on on_foot.athlete = told.athlete
        and on_foot.id = told.activity
    left join ruled
        on on_foot.athlete = ruled.athlete
        and on_foot.id = ruled.id
)

select * from final
where sport = 'running' or shoe is not null
