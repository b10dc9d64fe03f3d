-- Load by effort of the last seven days: each run's rating of effort (0-10) times its minutes. No runs is 0.
-- unit: RPE x min
-- evidence: session_rpe_max, acute_window_days
-- unknown when: of a run in those days the effort was not told, or its time is unknown
case when sum(effort_unknown_runs) over last_7_days = 0 then sum(effort_load) over last_7_days end
