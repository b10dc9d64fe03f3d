"""Builders for one athlete's week as the models see it: a calm week, and what is changed about it."""

from __future__ import annotations

from datetime import date, timedelta

from features import catalog
from features.training_log import Athlete, CheckIn, DayFeatures, Injury, Shoe, ShoeDay, Symptom
from models.risk import assess
from models.triage import triage
from models.verdict import RiskAssessment, Triage

SUNDAY = date(2026, 11, 15)

UNKNOWN: dict[str, float | None] = {feature.name: None for feature in catalog.per_day()}

# Half a year of three runs a week, the longest 12 km, on rolling roads.
CALM: dict[str, float | None] = {
    "session_spike_7d": 0.9,
    "spike_distance_7d_m": None,
    "spike_reference_7d_m": None,
    "longest_run_30d_m": 12_000.0,
    "weekly_distance_m": 30_000.0,
    "weekly_distance_usual_m": 30_000.0,
    "acute_load_m": 4_300.0,
    "chronic_load_m": 4_300.0,
    "descent_7d_m": 300.0,
    "descent_usual_m": 300.0,
    "descent_peak_7d_m": 120.0,
    "descent_reference_7d_m": 150.0,
    "descent_spike_7d": 0.8,
    "knee_spike_7d": 0.9,
    "knee_spike_session_7d_m": None,
    "knee_spike_reference_7d_m": None,
    "heart_rate_known_share_28d": 1.0,
    "weekly_distance_change": 0.0,
    "hard_surface_change": 0.0,
    "worn_shoe_share_28d": 0.0,
    "skipped_warm_up_share_28d": 0.0,
    "high_intensity_spike_7d": 1.0,
    "high_intensity_session_7d_s": 1_200.0,
    "high_intensity_reference_7d_s": 1_200.0,
    "cadence_vs_usual_7d": 1.0,
    "monotony_7d": 1.0,
    "low_impact_share_28d": 1.0,
    "hard_surface_share_28d": 0.7,
    "surface_known_share_28d": 1.0,
    "descent_known_share_28d": 1.0,
    "days_since_last_run": 0.0,
    "gap_before_run_7d": 2.0,
    "runs_7d": 3.0,
    "unmeasured_runs_7d": 0.0,
    "runs_30d": 13.0,
    "history_days": 180.0,
}


def week(**changes: float | None) -> DayFeatures:
    unheard_of = (CALM | changes).keys() - UNKNOWN.keys()
    assert not unheard_of, f"no such feature: {sorted(unheard_of)}"
    return DayFeatures("ada", SUNDAY, {**UNKNOWN, **CALM, **changes})


def spiked(ratio: float, usual_m: float = 12_000.0, **changes: float | None) -> DayFeatures:
    run_m = ratio * usual_m
    return week(
        session_spike_7d=ratio,
        spike_distance_7d_m=run_m,
        spike_reference_7d_m=usual_m,
        longest_run_30d_m=max(run_m, usual_m),
        **changes,
    )


def runner(*injuries: Injury, equipment: tuple[str, ...] = ()) -> Athlete:
    return Athlete("ada", "Ada", injuries=injuries, equipment=frozenset(equipment))


def knee_injury(days_ago: int | None, part: str = "knee") -> Injury:
    """An injury that ended so many days before the Sunday, or lasts (None)."""
    if days_ago is None:
        return Injury("ada", part, None, SUNDAY - timedelta(days=20))
    ended = SUNDAY - timedelta(days=days_ago)
    return Injury("ada", part, None, ended - timedelta(days=60), ended)


HURT_100_DAYS_AGO = runner(knee_injury(100))


def check_in(*symptoms: Symptom, days_ago: int = 0, running: int | None = None, **told: object) -> CheckIn:
    day = SUNDAY - timedelta(days=days_ago)
    return CheckIn("ada", day, pain_running=running, symptoms=frozenset(symptoms), **told)  # type: ignore[arg-type]


def felt(*check_ins: CheckIn) -> Triage:
    return triage(check_ins, SUNDAY)


def verdict(features: DayFeatures, athlete: Athlete | None = None, *check_ins: CheckIn) -> RiskAssessment:
    return assess(features, athlete or runner(), felt(*check_ins))


def pair(distance_m: float = 100_000.0, age_days: int = 30, retired_on: date | None = None) -> ShoeDay:
    shoe = Shoe("s", "ada", "Blue", SUNDAY - timedelta(days=age_days), retired_on=retired_on)
    return ShoeDay(shoe, SUNDAY, distance_m, age_days, 10, 50_000.0)
