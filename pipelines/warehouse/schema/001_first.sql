-- What each file was and what became of it: one row per athlete, path and content.
create table file (
    athlete text not null,
    path text not null,
    sha256 text not null,
    content_sha256 text,
    bytes bigint not null,
    mtime_ns bigint not null,
    format text,
    outcome text not null,
    reason text not null,
    recording_ids text[] not null,
    seen_at timestamp not null,
    primary key (athlete, path, sha256)
);

-- One row per workout in a file (features.training_log.Activity), SI units and UTC. What counts is the
-- table ``activity``, which is made from these: several recordings of one workout are one activity.
create table recording (
    id text primary key,
    athlete text not null,
    content_sha256 text not null,
    format text not null,
    imported_at timestamp not null,
    started_at timestamp not null,
    zone text not null,
    zone_source text not null,
    day date not null,
    sport text not null,
    sub_sport text,
    surface text not null,
    distance_m double,
    duration_s double,
    moving_s double,
    ascent_m double,
    descent_m double,
    mean_heart_rate_bpm double,
    mean_cadence_spm double,
    samples bigint not null,
    heart_rate_share double,
    cadence_share double,
    altitude_share double,
    position_share double,
    device text,
    name text,
    flags text[] not null
);

-- The samples of a recording as columns; NULL = the device did not say. Of what few devices measure,
-- the whole column is NULL where no sample has it.
create table track (
    recording_id text primary key,
    elapsed_s double[] not null,
    distance_m double[] not null,
    speed_mps float[] not null,
    altitude_m float[] not null,
    heart_rate_bpm float[] not null,
    cadence_spm float[] not null,
    latitude_deg double[] not null,
    longitude_deg double[] not null,
    stance_time_ms float[],
    stance_balance_percent float[],
    vertical_oscillation_m float[],
    power_w float[],
    temperature_c float[]
);

-- Copies of the logbook's rows that features read; refreshed before every measuring.
create table athlete (
    id text primary key,
    name text not null,
    zone text not null,
    birth_year integer,
    sex text,
    mass_kg double,
    units text not null,
    equipment text not null
);

-- Up to which day, and on what people had told us, verdicts were made. A row is there only while every
-- file stored is part of them: a file that comes in takes the row away in its own transaction.
create table current_state (
    as_of date not null,
    logbook text not null
);

create table shoe (
    athlete text not null,
    id text not null,
    name text not null,
    bought_on date not null,
    initial_distance_m double not null,
    limit_m double not null,
    limit_days integer not null,
    retired_on date,
    primary key (athlete, id)
);

create table shoe_rule (
    id bigint primary key,
    athlete text not null,
    shoe text not null,
    from_day date not null,
    to_day date,
    sub_sport text,
    weekday integer
);

create table shoe_assignment (
    athlete text not null,
    activity text not null,
    shoe text not null,
    by_hand boolean not null,
    primary key (athlete, activity)
);

create table kept_apart (
    athlete text not null,
    recording text not null,
    primary key (athlete, recording)
);

create table file_decision (
    athlete text not null,
    content_sha256 text not null,
    decision text not null,
    starts_at timestamp,
    day date,
    primary key (athlete, content_sha256)
);

-- What we concluded, one row per athlete and day assessed.
create table assessment (
    athlete text not null,
    day date not null,
    level text not null,
    log_hazard double,
    confidence text not null,
    overridden_by text,
    unknown_because text[] not null,
    model_version text not null,
    primary key (athlete, day)
);

-- Why: contributions (log hazard ratios) add up to the assessment's log_hazard.
create table reason (
    athlete text not null,
    day date not null,
    code text not null,
    observed double,
    reference double,
    unit text not null,
    contribution double not null,
    grade text not null,
    evidence text[] not null
);
