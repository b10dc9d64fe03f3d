-- Copies of what the second logbook holds: shoes worn in shares and by finer rules, efforts, surfaces, check-ins.
-- They are refreshed before every measuring, so the old copies are simply dropped.
drop table shoe_rule;

create table shoe_rule (
    id bigint primary key,
    athlete text not null,
    shoe text not null,
    from_day date not null,
    to_day date,
    sport text,
    sub_sport text,
    surface text,
    weekday integer,
    min_distance_m double,
    max_distance_m double
);

drop table shoe_assignment;

-- `activity` is any recording of the activity; `shoe` is '' where the run was in none of the athlete's pairs.
create table shoe_assignment (
    athlete text not null,
    activity text not null,
    by_hand boolean not null,
    shoe text not null,
    share double not null,
    primary key (athlete, activity, by_hand, shoe)
);

create table shoe_break (
    athlete text not null,
    shoe text not null,
    from_day date not null,
    to_day date not null,
    primary key (athlete, shoe, from_day)
);

-- What was told of a recording; the views `effort_told` and `surface_told` say it of the activity.
create table recording_effort (
    athlete text not null,
    recording text not null,
    by_hand boolean not null,
    rpe double,
    recovery double,
    primary key (athlete, recording, by_hand)
);

create table recording_surface (
    athlete text not null,
    recording text not null,
    class text not null,
    primary key (athlete, recording)
);

create table check_in (
    id bigint primary key,
    athlete text not null,
    day date not null,
    pain_running integer,
    pain_after integer,
    pain_next_morning integer,
    side text,
    onset text,
    symptoms text not null,
    can_bear_weight boolean,
    after_trauma boolean,
    note text
);

alter table athlete add column resting_heart_rate_bpm double;

alter table athlete add column highest_heart_rate_bpm double;
