-- Verdicts say how sure they are: the 95 % interval of the log hazard, what the hazard makes of the base rate (overuse
-- knee injuries in 1,000 runs), and which share of the last 28 days' distance carried what.
alter table assessment add column log_hazard_low double;
alter table assessment add column log_hazard_high double;
alter table assessment add column base_per_1000_runs double;
alter table assessment add column per_1000_runs double;
alter table assessment add column grade_share double;
alter table assessment add column heart_rate_share double;
alter table assessment add column surface_share double;
alter table assessment add column missing text[];
