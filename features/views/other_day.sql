-- One row per athlete and day with another sport: time of low-impact training, and metres walked or hiked.
-- Low impact is what has no landing: wheels, water, oars, skis with glide, weights and mats, machines with fixed pedals.
-- evidence: other_sports_hr
with judged as (
    select
        *,
        coalesce(moving_s, duration_s) as training_s,
        sport in (
            'cycling', 'e_biking', 'swimming', 'rowing', 'paddling', 'kayaking', 'stand_up_paddleboarding',
            'cross_country_skiing', 'inline_skating', 'ice_skating', 'wheelchair_push_run', 'wheelchair_push_walk'
        )
        or (sport = 'training' and coalesce(sub_sport, '') in ('strength_training', 'yoga', 'pilates', 'flexibility_training'))
        or (sport = 'fitness_equipment' and coalesce(sub_sport, '') in (
            'elliptical', 'indoor_cycling', 'indoor_rowing', 'spin', 'strength_training', 'yoga', 'pilates'
        )) as is_low_impact
    from activity
    where sport <> 'running'
        and not list_contains(flags, 'clock_unset')
),

final as (
    select
        athlete,
        day,
        sum(training_s) filter (where is_low_impact) as low_impact_s,
        count_if(is_low_impact and training_s is null) as low_impact_unknown,
        sum(distance_m) filter (where sport in ('walking', 'hiking')) as walked_m,
        count_if(sport in ('walking', 'hiking') and distance_m is null) as unmeasured_walks
    from judged
    group by athlete, day
)

select * from final
