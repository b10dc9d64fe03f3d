"""Coverage and cadence lock, worked by hand on made-up streams."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from features.per_activity.cadence_lock import is_cadence_locked
from features.per_activity.coverage import coverage_of
from features.training_log import Column, Recording, Track

NAN = np.nan


def recorded(seconds: Column, sport: str = "running", **columns: Column) -> Recording:
    return Recording(datetime(2026, 6, 1, tzinfo=UTC), sport, None, Track.of(seconds, **columns))


def test_coverage_is_a_share_of_time_not_of_samples() -> None:
    # ten seconds, then five, then five; the last sample stands for nothing
    seconds = np.array([0.0, 10.0, 15.0, 20.0])
    coverage = coverage_of(
        recorded(
            seconds,
            heart_rate_bpm=np.array([150.0, NAN, NAN, NAN]),
            cadence_spm=np.array([170.0, 170.0, NAN, NAN]),
            latitude_deg=np.array([48.0, 48.0, 48.0, 48.0]),
            longitude_deg=np.array([9.0, NAN, 9.0, 9.0]),
        )
    )
    assert coverage.heart_rate_share == pytest.approx(0.5)
    assert coverage.cadence_share == pytest.approx(0.75)
    assert coverage.position_share == pytest.approx(0.75)
    assert coverage.altitude_share == 0


def test_coverage_of_nothing_is_unknown() -> None:
    assert coverage_of(recorded(np.empty(0))).heart_rate_share is None


def ten_minutes(apart_bpm: Column) -> Recording:
    """A run at 170 steps a minute, the heart rate so far above it each second."""
    seconds = np.arange(600.0)
    cadence = np.full(600, 170.0)
    return recorded(seconds, cadence_spm=cadence, heart_rate_bpm=cadence + apart_bpm)


def test_a_heart_rate_that_follows_the_steps_for_more_than_two_minutes_is_locked() -> None:
    apart = np.full(600, 12.0)
    apart[100:221] = 2.0
    assert is_cadence_locked(ten_minutes(apart))
    apart[160] = 12.0  # two stretches of about a minute
    assert not is_cadence_locked(ten_minutes(apart))


def test_an_ordinary_heart_rate_or_none_is_not_locked() -> None:
    assert not is_cadence_locked(ten_minutes(np.full(600, -20.0)))
    assert not is_cadence_locked(ten_minutes(np.full(600, NAN)))
    assert not is_cadence_locked(recorded(np.empty(0)))


def test_a_long_gap_between_two_samples_locks_nothing() -> None:
    seconds = np.array([0.0, 300.0, 301.0])
    same = np.array([170.0, 170.0, 170.0])
    assert not is_cadence_locked(recorded(seconds, heart_rate_bpm=same, cadence_spm=same))
