"""Cadence late in a run against its beginning, from stretches made by hand: 30 of 100 m."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from features.per_activity.cadence_change import cadence_change
from features.stream_measures import Segments
from features.training_log import Column

THIRD = 10


def stretches(speed_mps: Column, cadence_spm: Column) -> Segments:
    distance = np.full(len(speed_mps), 100.0)
    unknown = np.full(len(speed_mps), np.nan)
    none = np.zeros(len(distance))
    return Segments(distance, distance / speed_mps, unknown, cadence_spm, unknown, none, none)


def thirds(*values: float) -> Column:
    return np.repeat(np.array(values, dtype=np.float64), THIRD)


def test_a_fall_from_170_to_165_is_found() -> None:
    change = cadence_change(stretches(thirds(3, 3, 3), thirds(170, 168, 165)))
    assert change is not None
    assert change.drift_spm == -5
    assert change.drop == pytest.approx(5 / 170)


def test_a_rise_is_a_negative_drop() -> None:
    change = cadence_change(stretches(thirds(3, 3, 3), thirds(170, 172, 174)))
    assert change is not None
    assert change.drift_spm == 4
    assert change.drop == pytest.approx(-4 / 170)


def test_fewer_steps_because_slower_is_no_drop() -> None:
    # 150 + 6 × speed all along: what is slower at the end has fewer steps, and no other reason
    speed = np.concatenate([np.linspace(low, low + 0.6, THIRD) for low in (3.0, 2.9, 2.5)])
    change = cadence_change(stretches(speed, 150 + 6 * speed))
    assert change is not None
    assert change.drift_spm == pytest.approx(0, abs=1e-9)


def test_a_drop_at_like_speed_is_found_beneath_a_change_of_speed() -> None:
    speed = np.concatenate([np.linspace(low, low + 0.6, THIRD) for low in (3.0, 2.9, 2.5)])
    change = cadence_change(stretches(speed, 150 + 6 * speed + thirds(0, 0, -4)))
    assert change is not None
    assert change.drift_spm == pytest.approx(-4, abs=1e-9)


def test_walked_stretches_and_odd_ones_do_not_decide() -> None:
    speed, cadence = thirds(3, 3, 3), thirds(170, 170, 170)
    speed[-3:], cadence[-3:] = 1.5, 110  # walked
    cadence[22] = 145  # a shoe to tie
    change = cadence_change(stretches(speed, cadence))
    assert change is not None
    assert change.drift_spm == 0


def test_a_run_that_ends_in_sprints_and_walks_does_not_tell() -> None:
    speed = np.concatenate((thirds(2.2, 2.2), np.tile([4.3, 1.4], 5)))
    cadence = np.concatenate((thirds(176, 176), np.tile([189.0, 110], 5)))
    assert cadence_change(stretches(speed, cadence)) is None


def test_too_few_stretches_with_a_cadence_do_not_tell() -> None:
    cadence = thirds(170, 170, 165)
    cadence[-6:] = np.nan
    assert cadence_change(stretches(thirds(3, 3, 3), cadence)) is None
    assert cadence_change(Segments.none()) is None


def test_grade_is_not_needed() -> None:
    run = stretches(thirds(3, 3, 3), thirds(170, 168, 165))
    assert cadence_change(replace(run, grade=np.zeros(30))) == cadence_change(run)
