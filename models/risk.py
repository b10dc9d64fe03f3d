"""The evidence model: one week's overload, as a bounded sum of published log hazard ratios.

Nothing is learned from data. Each cause adds the logarithm of a ratio from the evidence table
or nothing; what the literature does not support is shown and adds 0. The sum is relative to the
athlete's own ordinary week and is no probability. Adding ratios from different cohorts assumes
that they are independent, which is not known; hence the bound.
"""

from __future__ import annotations

import math
from dataclasses import replace

from features import evidence
from features.training_log import Athlete, DayFeatures
from models.confidence import confidence
from models.injury_history import last_knee_injury
from models.verdict import Level, Reason, RiskAssessment, Triage

MODEL_VERSION = "evidence-1 (2026-11)"

# The thresholds are themselves sums of logarithms: equality must survive rounding.
TOLERANCE = 1e-9

STEPS = (Level.LOW, Level.GUARDED, Level.ELEVATED, Level.HIGH)


def assess(features: DayFeatures, athlete: Athlete, triage: Triage) -> RiskAssessment:
    """The verdict as of ``features.day``, looking back seven days.

    ``log_hazard`` is the sum of the reasons' contributions, or None where the level could not
    be worked out. Pain may lift the level (``overridden_by``), never lower it.
    """
    unknown_because = _unknown_because(features)
    cards = (*_week_cards(features), *_standing_cards(features, athlete))
    shown = _displayed(features)
    if unknown_because:
        level, total = Level.UNKNOWN, None
        reasons: tuple[Reason, ...] = ()
        observations = (*(replace(c, contribution=0.0) for c in cards), *shown)
    else:
        acting = tuple(c for c in cards if c.contribution > 0)
        level = _level(acting)
        reasons = _bounded(acting)
        total = math.fsum(r.contribution for r in reasons)
        observations = (*(c for c in cards if c.contribution == 0), *shown)
    floored = _floored(level, triage.floor)
    return RiskAssessment(
        athlete=features.athlete,
        day=features.day,
        level=floored,
        log_hazard=total,
        reasons=tuple(sorted(reasons, key=lambda r: -r.contribution)),
        observations=observations,
        confidence=confidence(features, triage, level_is_known=not unknown_because),
        unknown_because=unknown_because,
        overridden_by=triage.pain_state if floored is not level else None,
        model_version=MODEL_VERSION,
    )


def _unknown_because(features: DayFeatures) -> tuple[str, ...]:
    """Why no level can be given; empty when one can. Silence is not a low level."""
    codes = []
    history, runs = features["history_days"], features["runs_7d"]
    ran = runs is not None and runs > 0
    if not ran:
        codes.append("no_run_this_week")
    if history is None or history < evidence.value("spike_window_days"):
        codes.append("history_too_short")
    if ran and features["session_spike_7d"] is None and not _returned(features):
        no_earlier_run = features["gap_before_run_7d"] is None
        codes.append("no_earlier_run" if no_earlier_run else "distance_unknown")
    elif ran and features["unmeasured_runs_7d"] and not _stands_out(features):
        codes.append("distance_unknown")  # the run without a distance may be the longest of the month
    return tuple(codes)


def _stands_out(features: DayFeatures) -> bool:
    """Whether what is known is enough for a raised level, whatever the rest was."""
    ratio = features["session_spike_7d"]
    return _returned(features) or (ratio is not None and ratio >= evidence.value("spike_small_from"))


def _returned(features: DayFeatures) -> bool:
    gap = features["gap_before_run_7d"]
    return gap is not None and gap >= evidence.value("return_gap_days")


def _week_cards(features: DayFeatures) -> tuple[Reason, ...]:
    """What this week did. A spike and a return are one exposure (a run beyond what the month
    prepared for), so only the larger of the two may act."""
    one_run = [c for c in (_spike(features), _return(features)) if c is not None]
    one_run.sort(key=lambda c: -c.contribution)
    kept = [one_run[0], *(replace(c, contribution=0.0) for c in one_run[1:])] if one_run else []
    descent = _descent(features)
    return (*kept, *([descent] if descent else []))


def spike_log_hazard(ratio: float) -> float:
    """Log hazard ratio of one run at ``ratio`` times the longest of the 30 days before it.

    Schuster Brandt Frandsen et al. 2025, doi:10.1136/bjsports-2024-109380: reference up to
    +10 %, small and moderate spikes pooled (their published order is not monotone), large
    above +100 %. Below +10 % caution grows in proportion, as rates are said to rise there too.
    """
    start, full = evidence.value("spike_graded_from"), evidence.value("spike_small_from")
    pooled = math.log(evidence.value("spike_pooled_hrr"))
    if ratio > evidence.value("spike_large_from"):
        return math.log(evidence.value("spike_large_hrr"))
    return pooled * min(max((ratio - start) / (full - start), 0.0), 1.0)


def _spike(features: DayFeatures) -> Reason | None:
    ratio = features["session_spike_7d"]
    if ratio is None:
        return None
    if ratio > evidence.value("spike_large_from"):
        names = ("spike_large_hrr", "spike_large_from", "spike_window_days")
    elif ratio >= evidence.value("spike_small_from"):
        names = ("spike_pooled_hrr", "spike_small_from", "spike_window_days")
    else:
        names = ("spike_graded_from", "spike_pooled_hrr", "spike_window_days")
    run_m, reference_m = features["spike_distance_7d_m"], features["spike_reference_7d_m"]
    if run_m is None or reference_m is None:
        return _reason("session_spike", ratio, 1.0, "ratio", spike_log_hazard(ratio), names)
    return _reason("session_spike", run_m, reference_m, "m", spike_log_hazard(ratio), names)


def _return(features: DayFeatures) -> Reason | None:
    if not _returned(features):
        return None
    weight = math.log(evidence.value("spike_pooled_hrr"))
    limit = evidence.value("return_gap_days")
    names = ("return_gap_days", "spike_pooled_hrr")
    return _reason("return_after_gap", features["gap_before_run_7d"], limit, "d", weight, names)


def descent_log_hazard(ratio: float | None, peak_m: float) -> float:
    """A caution for unfamiliar descent, from joint load and not from injuries.

    Grows with the ratio to the steepest run of the 30 days before, full at twice it; the cap is
    the load ratio of Van Hooren et al. 2024, doi:10.1111/sms.14570. Small descents do not act.
    """
    if ratio is None or peak_m < evidence.value("descent_floor_m"):
        return 0.0
    share = (ratio - 1.0) / (evidence.value("descent_full_ratio") - 1.0)
    return math.log(evidence.value("descent_grade_load")) * min(max(share, 0.0), 1.0)


def _descent(features: DayFeatures) -> Reason | None:
    peak_m = features["descent_peak_7d_m"]
    if peak_m is None:
        return None
    weight = descent_log_hazard(features["descent_spike_7d"], peak_m)
    reference_m = features["descent_reference_7d_m"]
    return _reason("descent_novelty", peak_m, reference_m, "m", weight, ("descent_grade_load",))


def _standing_cards(features: DayFeatures, athlete: Athlete) -> tuple[Reason, ...]:
    """A knee injury of the last twelve months, or an older one without weight.

    Malisoux et al. 2015, doi:10.1111/sms.12154 (any injury; no knee-specific interval exists).
    """
    days = last_knee_injury(athlete, features.day)
    if days is None:
        return ()
    window = evidence.value("previous_injury_window_days")
    weight = math.log(evidence.value("previous_injury_hr")) if days <= window else 0.0
    names = ("previous_injury_hr", "previous_injury_window_days")
    return (_reason("previous_knee_injury", float(days), window, "d", weight, names),)


def _displayed(features: DayFeatures) -> tuple[Reason, ...]:
    """Shown without weight, because runners' injuries were not found to follow them."""
    rows = (
        ("weekly_distance", "weekly_distance_m", "weekly_distance_usual_m", "m", "weekly_change_null"),
        ("acute_load", "acute_load_m", "chronic_load_m", "m", "acwr_null"),
        ("hard_surface_share", "hard_surface_share_28d", None, "share", "surface_null"),
        ("days_since_last_run", "days_since_last_run", None, "d", "return_gap_days"),
    )
    return tuple(
        _reason(code, features[seen], features[usual] if usual else None, unit, 0.0, (name,))
        for code, seen, usual, unit, name in rows
        if features[seen] is not None
    )


def _reason(
    code: str,
    observed: float | None,
    reference: float | None,
    unit: str,
    contribution: float,
    names: tuple[str, ...],
) -> Reason:
    grade = evidence.weakest_grade(names)
    return Reason(code, observed, reference, unit, contribution, grade, names)


def _bounded(acting: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Scales the contributions down together where their sum passes the cap."""
    total = math.fsum(c.contribution for c in acting)
    cap = math.log(evidence.value("total_hazard_cap"))
    if total <= cap:
        return acting
    return tuple(replace(c, contribution=c.contribution * cap / total) for c in acting)


def _level(acting: tuple[Reason, ...]) -> Level:
    """The step of the whole sum, at most one above the step of what this week did."""
    whole = _step(math.fsum(c.contribution for c in acting))
    of_week = _step(math.fsum(c.contribution for c in acting if c.code != "previous_knee_injury"))
    return STEPS[min(whole, of_week + int(evidence.value("standing_factor_steps")))]


def _step(log_hazard: float) -> int:
    bounds = ("level_guarded_from", "level_elevated_from", "level_high_from")
    return sum(log_hazard >= math.log(evidence.value(name)) - TOLERANCE for name in bounds)


def _floored(level: Level, floor: Level | None) -> Level:
    if floor is None:
        return level
    if level is Level.UNKNOWN:
        return floor
    return max(level, floor, key=STEPS.index)
