"""How much a verdict rests on: days of history, recorded runs, and what the recordings carry."""

from __future__ import annotations

from features import evidence
from features.training_log import DayFeatures
from models.verdict import Confidence, Triage

GOOD, LIMITED, POOR = "good", "limited", "poor"


def confidence(features: DayFeatures, triage: Triage, *, level_is_known: bool) -> Confidence:
    """In one word, and what was missing. Heart rate, surface and check-ins are named where they are
    missing, and do not lower the word: they can neither raise nor lower the load's share of the level."""
    history, runs = features["history_days"], features["runs_30d"]
    grade, surface = features["descent_known_share_28d"], features["surface_known_share_28d"]
    heart_rate = features["heart_rate_known_share_28d"]
    seen = evidence.value("confidence_known_share")
    lacks = {
        "short_history": _below(history, evidence.value("confidence_good_history_days")),
        "few_runs": _below(runs, evidence.value("confidence_good_runs_30d")),
        "descent_unknown": _below(grade, seen),
        "heart_rate_unknown": _below(heart_rate, seen),
        "surface_unknown": _below(surface, seen),
        "no_check_ins": triage.check_ins == 0,
    }
    too_little = (
        not level_is_known
        or _below(history, evidence.value("confidence_limited_history_days"))
        or _below(runs, evidence.value("confidence_limited_runs_30d"))
    )
    return Confidence(
        word=POOR if too_little else _word(lacks),
        history_days=0 if history is None else int(history),
        grade_share=grade,
        heart_rate_share=heart_rate,
        surface_share=surface,
        check_ins=triage.check_ins,
        missing=tuple(code for code, holds in lacks.items() if holds),
    )


def _word(lacks: dict[str, bool]) -> str:
    return LIMITED if lacks["short_history"] or lacks["few_runs"] or lacks["descent_unknown"] else GOOD


def _below(value: float | None, limit: float) -> bool:
    """Unknown is below every limit: what was not seen cannot be relied on."""
    return value is None or value < limit
