"""Time in motion."""

from __future__ import annotations

import pytest
from recording_builder import recording, track

from features.per_activity.moving_time import moving_time_s
from features.training_log import Totals


def test_the_timer_of_the_watch_comes_first() -> None:
    run = recording(track([0, 100]), totals=Totals(timer_s=80.0), pauses_s=((10.0, 40.0),))
    assert moving_time_s(run) == 80.0


def test_a_timer_of_zero_is_an_answer() -> None:
    assert moving_time_s(recording(track([0, 100]), totals=Totals(timer_s=0.0))) == 0.0


def test_pauses_come_second() -> None:
    assert moving_time_s(recording(track([0, 100]), pauses_s=((10.0, 40.0), (50.0, 55.0)))) == 65.0


def test_speed_comes_third() -> None:
    run = recording(track([0, 1, 2, 3, 4], speed_mps=[3, 3, 0.2, 0.2, 3]))
    assert moving_time_s(run) == 2.0


def test_positions_tell_where_there_is_no_speed() -> None:
    seconds = list(range(101))
    north = [3 * min(second, 50) for second in seconds]  # 50 s of running, 50 s of standing
    assert moving_time_s(recording(track(seconds, north_m=north))) == pytest.approx(50, abs=6)


def test_a_gap_of_over_a_minute_is_not_motion() -> None:
    run = recording(track([0, 10, 500, 510], speed_mps=[3, 3, 3, 3]))
    assert moving_time_s(run) == 20.0


def test_nothing_to_go_by_is_unknown() -> None:
    assert moving_time_s(recording()) is None
