-- What the samples of each recording say (features.stream_measures.StreamMeasure): measured with arrays once,
-- and again where `version` is older than the measures are now. NULL = the recording does not tell.
create table stream_measure (
    recording_id text primary key,
    version integer not null,
    -- stretches of about 100 m, in order; NULL within a list = unknown there
    segment_distance_m float[] not null,
    segment_moving_s float[] not null,
    segment_grade float[] not null,
    segment_cadence_spm float[] not null,
    segment_heart_rate_bpm float[] not null,
    segment_walked_m float[] not null default [],
    segment_walked_s float[] not null default [],
    -- seconds at each whole heart rate; the first is features.stream_measures.LOWEST_BPM
    heart_rate_s float[],
    heart_rate_peak_bpm double,
    -- the farthest that was run within each of features.stream_measures.EFFORTS_S
    best_effort_m float[],
    effort_heart_rate_bpm double,
    warm_up_ratio double,
    cool_down_ratio double,
    cadence_drop double,
    cadence_drift_spm double,
    stance_balance_percent double,
    stance_balance_change double,
    oval_track_share double
);

-- Each athlete's own usual cadence at a speed on the level, as known on the first day of a month: only runs
-- before that day are in it (models.habits). NULL = too few of them, as far as `fitted_on` goes.
create table cadence_habit (
    athlete text not null,
    from_day date not null,
    fitted_on text not null,
    intercept_spm double,
    slope_spm_per_mps double,
    slowest_mps double,
    fastest_mps double,
    spread_spm double,
    segments bigint,
    runs bigint,
    primary key (athlete, from_day)
);

-- Each athlete's own intensity references, as known on the first day of a month (models.thresholds).
create table intensity_habit (
    athlete text not null,
    from_day date not null,
    fitted_on text not null,
    highest_heart_rate_bpm double,
    threshold_heart_rate_bpm double,
    critical_speed_mps double,
    distance_above_m double,
    runs bigint not null,
    primary key (athlete, from_day)
);

-- What each workout that counts asked for (features.stream_measures.ActivityLoad), from its best recording's
-- segments and the habits of its month; `made_of` says from which, so that it is worked out again if they change.
create table activity_load (
    activity text primary key,
    athlete text not null,
    made_of text not null,
    knee_equivalent_m double,
    knee_equivalent_low_m double,
    knee_equivalent_high_m double,
    knee_peak_load double,
    knee_grade_known_share double,
    knee_cadence_known_share double,
    knee_extrapolated_share double,
    walking_m double,
    trimp_banister double,
    trimp_edwards double,
    high_intensity_s double,
    intensity_from text,
    zone_s float[],
    pace_zone_s float[]
);

-- The squares of a hundredth of a degree in which each outdoor run has positions (pipelines.surfaces.cells): which
-- map it needs, without its samples being read again.
create table recording_cells (
    recording_id text primary key,
    cells bigint[] not null
);

-- What the map says each recording was run on (pipelines.surfaces): shares of its distance.
create table surface_match (
    recording_id text primary key,
    made_of text not null,
    region text not null,
    paved double not null,
    cobble double not null,
    compact double not null,
    gravel double not null,
    wood double not null,
    trail double not null,
    soft double not null,
    track double not null,
    unknown double not null,
    explicit_share double not null,
    inferred_share double not null,
    off_network_share double not null,
    no_position_share double not null,
    confidence double not null
);

-- The stretches behind it, for the map of one run: class and distance from start, merged where they are alike.
create table surface_segment (
    recording_id text not null,
    from_m double not null,
    to_m double not null,
    class text not null,
    way bigint,
    is_explicit boolean not null,
    posterior double not null
);
