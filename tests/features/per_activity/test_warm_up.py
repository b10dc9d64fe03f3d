"""Begun and ended gently? Runs of three parts, their speeds chosen by hand."""

from __future__ import annotations

import numpy as np
import pytest

from features.per_activity.warm_up import cool_down_ratio, warm_up_ratio
from features.training_log import Track

TEN_MINUTES = 600.0


def run_at(*parts: tuple[float, float]) -> Track:
    """(seconds, m/s) one after the other, a sample each second."""
    speed = np.concatenate([np.full(int(seconds), mps) for seconds, mps in parts])
    covered = np.concatenate(([0.0], np.cumsum(speed)))
    return Track.of(np.arange(len(covered), dtype=np.float64), distance_m=covered)


GENTLE = run_at((TEN_MINUTES, 2.4), (1800, 3.0), (TEN_MINUTES, 2.1))


def test_the_ends_are_held_against_the_middle() -> None:
    assert warm_up_ratio(GENTLE) == pytest.approx(2.4 / 3.0)
    assert cool_down_ratio(GENTLE) == pytest.approx(2.1 / 3.0)


def test_an_even_run_has_neither() -> None:
    even = run_at((2400, 3.0))
    assert warm_up_ratio(even) == pytest.approx(1)
    assert cool_down_ratio(even) == pytest.approx(1)


def test_waiting_at_a_light_is_no_warm_up() -> None:
    halted = run_at((300, 3.0), (120, 0.0), (2100, 3.0))
    assert warm_up_ratio(halted) == pytest.approx(1, abs=0.01)


def test_a_pause_in_the_recording_changes_nothing() -> None:
    later = np.where(GENTLE.elapsed_s > 900, 1800.0, 0.0)
    paused = Track.of(GENTLE.elapsed_s + later, distance_m=GENTLE.distance_m)
    assert warm_up_ratio(paused) == pytest.approx(2.4 / 3.0, rel=0.01)
    assert cool_down_ratio(paused) == pytest.approx(2.1 / 3.0, rel=0.01)


def test_smart_recording_gives_the_same() -> None:
    kept = np.unique(np.concatenate((np.arange(0, len(GENTLE), 9), [len(GENTLE) - 1])))
    smart = Track.of(GENTLE.elapsed_s[kept], distance_m=GENTLE.distance_m[kept])
    assert warm_up_ratio(smart) == pytest.approx(0.8, rel=0.01)


def test_a_run_of_less_than_half_an_hour_in_motion_does_not_tell() -> None:
    assert warm_up_ratio(run_at((1790, 3.0))) is None
    assert warm_up_ratio(run_at((1500, 3.0), (900, 0.0))) is None
    assert cool_down_ratio(run_at((1790, 3.0))) is None


def test_a_run_without_a_distance_does_not_tell() -> None:
    treadmill = Track.of(np.arange(2400.0), heart_rate_bpm=np.full(2400, 150.0))
    assert warm_up_ratio(treadmill) is None
    assert cool_down_ratio(Track.empty()) is None
