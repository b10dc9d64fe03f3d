"""The share of ground contact of one foot, over a run of half an hour."""

from __future__ import annotations

import numpy as np
import pytest

from features.per_activity.stance import stance_balance
from features.training_log import Column, Track


def balanced(values: Column, every_s: float = 1.0) -> Track:
    """The last value closes the run and stands for nothing."""
    return Track.of(np.arange(len(values)) * every_s, stance_balance_percent=values)


def test_the_mean_and_its_change_from_the_first_third_to_the_last() -> None:
    measured = stance_balance(balanced(np.append(np.repeat([49.0, 50.0, 51.5], 600), 51.5)))
    assert measured is not None
    assert measured.mean_percent == pytest.approx((49 + 50 + 51.5) / 3)
    assert measured.change_percent == pytest.approx(2.5)


def test_a_lost_foot_and_standing_are_left_out() -> None:
    values = np.full(1801, 50.5)
    values[100:200], values[900:950], values[1700:1720] = 0.0, 100.0, np.nan
    measured = stance_balance(balanced(values))
    assert measured is not None
    assert measured.mean_percent == pytest.approx(50.5)
    assert measured.change_percent == pytest.approx(0)


def test_time_weighs_not_samples() -> None:
    times = np.concatenate((np.arange(0.0, 600, 10), np.arange(600.0, 1201, 1)))
    values = np.where(times < 600, 49.0, 51.0)
    measured = stance_balance(Track.of(times, stance_balance_percent=values))
    assert measured is not None
    assert measured.mean_percent == pytest.approx(50.0)


def test_a_run_without_it_or_with_minutes_of_it_does_not_tell() -> None:
    assert stance_balance(balanced(np.full(1801, np.nan))) is None
    assert stance_balance(balanced(np.full(500, 50.0))) is None
    assert stance_balance(Track.empty()) is None
