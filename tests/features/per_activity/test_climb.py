"""Ascent and descent from altitude samples."""

from __future__ import annotations

import numpy as np
import pytest
from recording_builder import track

from features.per_activity.climb import Climb, climb_of


def steps(*heights: float | None) -> Climb | None:
    """Altitudes a minute apart, so that smoothing leaves each as it is."""
    return climb_of(track([60.0 * i for i in range(len(heights))], altitude_m=heights))


def test_up_and_down_count_in_full_between_turning_points() -> None:
    assert steps(0, 40, 100, 60, 0) == Climb(100, 100)
    assert steps(100, 50, 80, 20) == Climb(30, 50 + 60)


def test_a_wobble_below_three_metres_is_noise() -> None:
    assert steps(10, 12, 10, 12.9, 10.5, 12) == Climb(0, 0)
    assert steps(0, 10, 8, 20, 18, 30) == Climb(30, 0)


def test_a_step_of_three_metres_counts() -> None:
    assert steps(10, 13, 10) == Climb(3, 3)


def test_unknown_altitudes_are_bridged_and_never_zero() -> None:
    assert steps(500, None, 520, None, 510) == Climb(20, 10)


def test_fewer_than_two_altitudes_are_unknown() -> None:
    assert steps(500, None) is None
    assert climb_of(track([])) is None


def test_a_noisy_hill_reads_within_a_few_percent() -> None:
    dice = np.random.default_rng(7)
    seconds = np.arange(3600.0)
    hill = 100 * np.sin(np.pi * seconds / 3600)
    noisy = climb_of(track(list(seconds), altitude_m=list(hill + dice.normal(0, 1.0, 3600))))
    assert noisy is not None
    assert noisy.ascent_m == pytest.approx(100, rel=0.05)
    assert noisy.descent_m == pytest.approx(100, rel=0.05)
