-- Which activity each recording belongs to: recordings of the same workout, directly or through another, are one.
-- An activity is called after the recording that came in first, so its name stays when others join.
with recursive links as (
    select a, b from same_workout
    union all
    select b, a from same_workout
),

reached as (
    select
        id,
        id as other
    from recording_counted
    where id in (select a from links)
    union
    select
        reached.id,
        links.b
    from reached
    inner join links on reached.other = links.a
),

named as (
    select
        reached.id,
        arg_min(recording_counted.id, (recording_counted.imported_at, recording_counted.id)) as activity
    from reached
    inner join recording_counted on reached.other = recording_counted.id
    group by reached.id
),

ranked as (
    select
        recording_counted.athlete,
        recording_counted.id as recording,
        named.activity,
        row_number() over best_first as rank,
        count(*) over (partition by named.activity) as recordings,
        recording_counted.id in (select a from same_workout where is_shifted)
        or recording_counted.id in (select b from same_workout where is_shifted) as is_shifted
    from recording_counted
    inner join named on recording_counted.id = named.id
    window best_first as (
        partition by named.activity
        order by
            list_has_any(recording_counted.flags, ['truncated', 'crc_mismatch', 'rebuilt_session', 'suspect']),
            case recording_counted.format when 'fit' then 0 when 'tcx' then 1 else 2 end,
            recording_counted.samples desc,
            recording_counted.id
    )
),

final as (
    select * from ranked
    union all by name
    select
        athlete,
        id as recording,
        id as activity,
        1 as rank,
        1 as recordings,
        false as is_shifted
    from recording_counted
    anti join named using (id)
)

select * from final
