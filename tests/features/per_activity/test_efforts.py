"""The farthest within fixed times, from runs whose speed a test can multiply out."""

from __future__ import annotations

import numpy as np
import pytest
from recording_builder import track

from features.per_activity.efforts import best_effort_m
from features.stream_measures import EFFORTS_S
from features.training_log import Column, Track


def run_at(*parts: tuple[float, float]) -> Track:
    """(seconds, m/s) one after the other, a sample each second, with the device's distance."""
    speed = np.concatenate([np.full(int(seconds), mps) for seconds, mps in parts])
    covered = np.concatenate(([0.0], np.cumsum(speed)))
    return Track.of(np.arange(len(covered), dtype=np.float64), distance_m=covered)


def effort(samples: Track, seconds: int) -> float:
    best = best_effort_m(samples)
    assert best is not None
    return float(best[EFFORTS_S.index(seconds)])


def test_an_even_run_covers_speed_times_time_in_each() -> None:
    best = best_effort_m(run_at((3600, 3.0)))
    assert best == pytest.approx(3.0 * np.array(EFFORTS_S))


def test_the_fast_stretch_is_found_wherever_it_lies() -> None:
    run = run_at((700, 2.5), (360, 4.0), (740, 2.5))
    assert effort(run, 180) == pytest.approx(720)
    assert effort(run, 360) == pytest.approx(1440)
    assert effort(run, 720) == pytest.approx(360 * 4.0 + 360 * 2.5)


def test_what_is_longer_than_the_run_is_unknown() -> None:
    best = best_effort_m(run_at((400, 3.0)))
    assert best is not None
    assert list(np.isnan(best)) == [False, False, True, True, True, True]
    assert best_effort_m(run_at((100, 3.0))) is None
    assert best_effort_m(Track.empty()) is None


def test_standing_time_counts_in_an_effort() -> None:
    assert effort(run_at((90, 4.0), (30, 0.0), (90, 4.0)), 180) == pytest.approx(150 * 4.0)


def test_smart_recording_gives_the_same() -> None:
    full = run_at((700, 2.5), (360, 4.0), (740, 2.5))
    kept = np.unique(np.concatenate((np.arange(0, 1801, 7), [1800])))
    smart = Track.of(full.elapsed_s[kept], distance_m=full.distance_m[kept])
    assert best_effort_m(smart) == pytest.approx(best_effort_m(full), rel=0.01, nan_ok=True)


def test_a_jump_of_the_position_adds_nothing() -> None:
    run = run_at((600, 3.0))
    jumped = Track.of(run.elapsed_s, distance_m=run.distance_m + np.where(run.elapsed_s > 300, 500.0, 0.0))
    assert effort(jumped, 180) == pytest.approx(540, abs=3)


def test_a_drive_is_no_effort() -> None:
    best = best_effort_m(run_at((600, 10.0)))
    assert best is None
    # the window that is half run, half driven would be too fast as well
    assert effort(run_at((600, 3.0), (400, 11.0)), 180) <= 7.6 * 180


def test_a_gap_adds_nothing_for_nothing_is_known_of_it() -> None:
    gap = track([0, 60, 120, 720, 780, 840], distance_m=[0, 180, 360, 4000, 4180, 4360])
    assert effort(gap, 180) == 360
    assert best_effort_m(track([0, 120, 240], distance_m=[0, 360, 720])) is None


def test_a_counter_that_restarts_loses_no_more_than_the_step() -> None:
    run = run_at((600, 3.0))
    restarted: Column = np.where(run.elapsed_s > 300, run.distance_m - 900.0, run.distance_m)
    assert effort(Track.of(run.elapsed_s, distance_m=restarted), 180) == pytest.approx(540, abs=3)


def test_positions_stand_in_where_no_device_measured_distance() -> None:
    times = list(range(0, 400, 2))
    assert effort(track(times, north_m=[3.0 * t for t in times]), 180) == pytest.approx(540)
