"""Load on the kneecap joint of running, relative to the level at 2.78 m/s with one's own usual cadence.

Two indices, because they disagree about speed: over a kilometre a slower run loads more (more steps), within a
step a faster one does.

    per kilometre  A = (v ÷ 2.78)^-α · G(grade) · (cadence ÷ usual)^-κ      α 0.60 (0.60–0.90), κ 0.75 (0.45–1.4)
    per step       B = (v ÷ 2.78)^β · (cadence ÷ usual)^-λ                  β 0.50 (0.41–0.59), λ 2.2 (1.6–2.8)

α and G from van Hooren 2024 (doi:10.1111/sms.14570, Table 2), Doyle 2025 (doi:10.1080/14763141.2023.2226111)
and Hagen 2023 (doi:10.1249/MSS.0000000000003194); κ and λ from Willson 2014, Hagen and Lenhart 2014
(doi:10.1249/MSS.0b013e3182a78c3a). The numbers are in the evidence table; docs/knee_load.md holds the result to
the papers. Outside what was measured (2.2–5.0 m/s, ±6°, cadence ±10 %) each is held to the edge, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.stream_measures import Segments
from features.training_log import Column

ROUNDING = 1e-9  # of shares that are told by adding up


def load_per_m(
    speed_mps: Column,
    grade: Column,
    cadence_ratio: Column,
    speed_exponent: float | None = None,
    cadence_exponent: float | None = None,
) -> Column:
    """Index A, elementwise; ``grade`` is rise over run. Exponents are those of the evidence table unless given."""
    alpha = evidence.value("knee_speed_exponent") if speed_exponent is None else speed_exponent
    kappa = evidence.value("knee_cadence_exponent") if cadence_exponent is None else cadence_exponent
    return np.asarray(
        _relative_speed(speed_mps) ** -alpha * _grade_load(grade) * _held_cadence(cadence_ratio) ** -kappa
    )


def load_per_step(speed_mps: Column, cadence_ratio: Column) -> Column:
    """Index B, elementwise: the highest load within a step. Grade is not in it: no figure could be checked."""
    beta, lam = evidence.value("knee_peak_speed_exponent"), evidence.value("knee_peak_cadence_exponent")
    return np.asarray(_relative_speed(speed_mps) ** beta * _held_cadence(cadence_ratio) ** -lam)


def is_extrapolated(speed_mps: Column, grade: Column, cadence_ratio: Column) -> NDArray[np.bool_]:
    """Where something lies outside what was measured, and was held to its edge; unknown does not."""
    slowest, fastest = evidence.value("knee_speed_min_mps"), evidence.value("knee_speed_max_mps")
    return np.asarray(
        (speed_mps < slowest)
        | (speed_mps > fastest)
        | (np.abs(_degrees(grade)) > evidence.value("knee_grade_max_deg"))
        | (np.abs(cadence_ratio - 1) > evidence.value("knee_cadence_change_max"))
    )


def run_share(speed_mps: Column, cadence_spm: Column) -> Column:
    """How much of each bit of a way was run and not walked, 0-1: by speed, or by cadence where that says more.

    In between it grows evenly, so that a hair of speed does not decide. Unknown cadence says nothing.
    """

    def grown(values: Column, walking: str, running: str) -> Column:
        least, most = evidence.value(walking), evidence.value(running)
        return np.asarray(np.clip((values - least) / (most - least), 0.0, 1.0))

    by_speed = grown(speed_mps, "walking_speed_max_mps", "knee_speed_min_mps")
    by_cadence = grown(cadence_spm, "walking_cadence_max_spm", "running_cadence_min_spm")
    return np.fmax(by_speed, by_cadence)


def _relative_speed(speed_mps: Column) -> Column:
    slowest, fastest = evidence.value("knee_speed_min_mps"), evidence.value("knee_speed_max_mps")
    return np.clip(speed_mps, slowest, fastest) / evidence.value("knee_reference_speed_mps")


def _grade_load(grade: Column) -> Column:
    """G: linear between the grades that were measured, even beyond them; level where grade is not known."""
    steepest = evidence.value("knee_grade_max_deg")
    measured_at = steepest * np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    measured = (
        evidence.value("descent_grade_load"),
        evidence.value("descent_half_grade_load"),
        1.0,
        evidence.value("ascent_half_grade_load"),
        evidence.value("ascent_grade_load"),
    )
    return np.interp(np.nan_to_num(_degrees(grade)), measured_at, measured)


def _held_cadence(ratio: Column) -> Column:
    """Within what was tried; one's usual cadence where it is not known."""
    most = evidence.value("knee_cadence_change_max")
    return np.clip(np.where(np.isnan(ratio), 1.0, ratio), 1 - most, 1 + most)


def _degrees(grade: Column) -> Column:
    return np.degrees(np.arctan(grade))


@dataclass(frozen=True, slots=True)
class KneeLoads:
    """One row for each workout, NaN = unknown; the names are those of ``ActivityLoad``."""

    knee_equivalent_m: Column
    knee_equivalent_low_m: Column
    knee_equivalent_high_m: Column
    knee_peak_load: Column
    knee_grade_known_share: Column
    knee_cadence_known_share: Column
    knee_extrapolated_share: Column
    walking_m: Column


def knee_loads(
    stretches: Segments, usual_cadence_spm: Column, workout: NDArray[np.intp], distance_m: Column
) -> KneeLoads:
    """The loads of n workouts from their stretches, which stand in a row.

    ``usual_cadence_spm``: the athlete's own at each stretch's running speed, NaN = not known. ``workout`` says
    for each stretch to which row (0 … n-1) it belongs; ``distance_m``, shape (n,), is what each counts, NaN =
    not known. What the stretches miss of it (a position that was lost and caught up) loads like what they have.
    What was walked counts at its own rate. The low and the high bound are those of the whole over the published
    ranges of both exponents.
    """
    speed_mps, grade = stretches.running_speed_mps, stretches.grade
    ran = ~np.isnan(speed_mps)
    run_m = np.where(ran, stretches.distance_m - stretches.walked_m, 0.0)
    ratio = stretches.cadence_spm / usual_cadence_spm

    def total(per_stretch: Column) -> Column:
        return np.bincount(workout, weights=per_stretch, minlength=len(distance_m)).astype(np.float64)

    def ranged(alpha: float | None, kappa: float | None) -> Column:
        return total(np.where(ran, run_m * load_per_m(speed_mps, grade, ratio, alpha, kappa), 0.0))

    ran_m, walked_m, covered_m = total(run_m), total(stretches.walked_m), total(stretches.distance_m)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where(covered_m > 0, np.where(np.isnan(distance_m), 1.0, distance_m / covered_m), np.nan)
        grade_known, cadence_known, outside = (
            total(np.where(mask, run_m, 0.0)) / ran_m
            for mask in (~np.isnan(grade), ~np.isnan(ratio), is_extrapolated(speed_mps, grade, ratio))
        )
    grade_known = grade_known / np.maximum(whole, 1.0)
    # a run that was all walked has no grade to know
    told = (grade_known >= evidence.value("knee_grade_known_min") - ROUNDING) | (ran_m == 0)
    walking = evidence.value("walking_load_per_m") * walked_m

    def where_told(metres: Column) -> Column:
        return np.where(told, whole * (metres + walking), np.nan)

    usual = ranged(None, None)
    corners = [ranged(alpha, kappa) for alpha, kappa in product(*_exponent_ranges())]
    peak = np.full(len(distance_m), -np.inf)
    np.maximum.at(peak, workout[ran], load_per_step(speed_mps[ran], ratio[ran]))
    return KneeLoads(
        knee_equivalent_m=where_told(usual),
        knee_equivalent_low_m=where_told(np.min([usual, *corners], axis=0)),
        knee_equivalent_high_m=where_told(np.max([usual, *corners], axis=0)),
        knee_peak_load=np.where(np.isfinite(peak), peak, np.nan),
        knee_grade_known_share=grade_known,
        knee_cadence_known_share=cadence_known,
        knee_extrapolated_share=outside,
        walking_m=whole * walked_m,
    )


def _exponent_ranges() -> list[tuple[float, float]]:
    """The lowest and the highest published value of α and of κ."""
    ranges = []
    for entry in (evidence.entry("knee_speed_exponent"), evidence.entry("knee_cadence_exponent")):
        assert entry.low is not None and entry.high is not None
        ranges.append((entry.low, entry.high))
    return ranges
