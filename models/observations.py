"""What is looked at and adds nothing: causes that people name and the literature does not support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from features import evidence
from features.training_log import DayFeatures
from models.verdict import Reason


@dataclass(frozen=True, slots=True)
class Observation:
    """One line to show: a feature beside what it is compared with, and why it adds nothing."""

    code: str
    observed: str
    reference: str | None
    unit: str
    evidence: tuple[str, ...]


SHOWN = (
    Observation("weekly_distance", "weekly_distance_m", "weekly_distance_usual_m", "m",
                evidence=("weekly_change_null",)),
    Observation("acute_load", "acute_load_m", "chronic_load_m", "m", evidence=("acwr_null",)),
    Observation("hard_surface", "hard_surface_share_28d", None, "share", evidence=("surface_null",)),
    Observation("worn_shoes", "worn_shoe_share_28d", None, "share", evidence=("shoe_mileage_null",)),
    Observation("skipped_warm_up", "skipped_warm_up_share_28d", None, "share", evidence=("warm_up_null",)),
    Observation("high_intensity", "high_intensity_session_7d_s", "high_intensity_reference_7d_s", "s",
                evidence=("intensity_null",)),
    Observation("low_cadence", "cadence_vs_usual_7d", None, "ratio", evidence=("cadence_null",)),
    Observation("monotony", "monotony_7d", None, "ratio", evidence=("monotony_null",)),
    Observation("no_low_impact", "low_impact_share_28d", None, "share", evidence=("other_sports_hr",)),
    Observation("days_since_last_run", "days_since_last_run", None, "d", evidence=("return_gap_days",)),
)  # fmt: skip


def observations(features: DayFeatures) -> Iterator[Reason]:
    """What of it there is to see on a day."""
    for row in SHOWN:
        observed = features[row.observed]
        if observed is not None:
            reference = features[row.reference] if row.reference else None
            grade = evidence.weakest_grade(row.evidence)
            yield Reason(row.code, observed, reference, row.unit, 0.0, grade, row.evidence)
