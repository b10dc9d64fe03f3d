"""Pace, hills and cadence multiply to the whole of a run's load on the knee."""

from __future__ import annotations

import numpy as np
import pytest

from features import evidence
from features.knee_load import knee_loads
from features.knee_parts import knee_parts
from features.stream_measures import Segments

USUAL = np.array([170.0, 170.0])


def stretches(speed_mps: float, grade: float, cadence_spm: float) -> Segments:
    metres, zero = np.array([100.0, 100.0]), np.zeros(2)
    same = np.ones(2)
    return Segments(metres, metres / speed_mps, grade * same, cadence_spm * same, np.nan * same, zero, zero)


def test_an_easy_run_on_the_level_in_usual_cadence_has_nothing_to_tell() -> None:
    easy = evidence.value("knee_reference_speed_mps")
    parts = knee_parts(stretches(easy, 0.0, 170.0), USUAL)
    assert parts is not None
    assert (parts.pace, parts.hills, parts.cadence) == pytest.approx((1, 1, 1))


def test_each_part_moves_by_its_own_cause_alone() -> None:
    easy = evidence.value("knee_reference_speed_mps")
    faster = knee_parts(stretches(easy * 1.2, 0.0, 170.0), USUAL)
    assert faster is not None
    assert faster.pace == pytest.approx(1.2 ** -evidence.value("knee_speed_exponent"))
    assert (faster.hills, faster.cadence) == pytest.approx((1, 1))
    fewer = knee_parts(stretches(easy, 0.0, 170.0 * 0.95), USUAL)
    assert fewer is not None
    assert fewer.cadence == pytest.approx(0.95 ** -evidence.value("knee_cadence_exponent"))
    steepest = np.tan(np.radians(evidence.value("knee_grade_max_deg")))
    down = knee_parts(stretches(easy, -steepest, 170.0), USUAL)
    assert down is not None
    assert down.hills == pytest.approx(evidence.value("descent_grade_load"))


def test_together_they_are_the_load_that_the_week_counts() -> None:
    run = stretches(3.3, -0.05, 166.0)
    parts = knee_parts(run, USUAL)
    whole = knee_loads(run, USUAL, np.zeros(2, dtype=np.intp), np.array([200.0]))
    assert parts is not None
    assert parts.pace * parts.hills * parts.cadence == pytest.approx(whole.knee_equivalent_m[0] / 200.0)


def test_without_grade_or_without_running_there_are_no_parts() -> None:
    assert knee_parts(stretches(3.0, np.nan, 170.0), USUAL) is None
    assert knee_parts(Segments.none(), np.empty(0)) is None
