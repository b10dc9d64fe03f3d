"""What real watches' runs show: how many tell each measure, and whether the values are a runner's."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from features.per_activity.efforts import best_effort_m
from features.per_activity.heart_rate_time import (
    effort_heart_rate_bpm,
    heart_rate_peak_bpm,
    heart_rate_time_s,
)
from features.per_activity.stance import stance_balance
from features.per_activity.warm_up import cool_down_ratio, warm_up_ratio
from features.stream_measures import EFFORTS_S
from features.training_log import Activity, Column, Flag, Track
from pipelines.decoding import decode

Run = tuple[Activity, Track]


@pytest.fixture(scope="module")
def runs(corpus: Path) -> list[Run]:
    """All runs of the two people with years of history."""
    found: list[Run] = []
    for path in sorted((corpus / "public").glob("athlete-*/*.fit")):
        payload = path.read_bytes()
        content, now = sha256(payload).hexdigest(), datetime(2026, 11, 22, tzinfo=UTC)
        decoded = decode(payload, path.name, path.parent.name, "UTC", content, now)
        found += zip(decoded.activities, decoded.tracks, strict=True)
    return [run for run in found if run[0].sport == "running"]


@pytest.fixture(scope="module")
def with_pulse(runs: list[Run]) -> list[Run]:
    return [
        run for run in runs if (run[0].heart_rate_share or 0) > 0 and Flag.CADENCE_LOCK not in run[0].flags
    ]


def known(values: list[float | None]) -> Column:
    return np.array([value for value in values if value is not None])


def test_time_at_heart_rates_is_the_recorded_time_with_a_pulse(with_pulse: list[Run]) -> None:
    assert len(with_pulse) > 300
    apart = []
    for activity, track in with_pulse:
        measured = heart_rate_time_s(track)
        assert measured is not None
        mean = float(measured @ np.arange(30, 231) / measured.sum())
        assert activity.mean_heart_rate_bpm is not None
        apart.append(abs(mean - activity.mean_heart_rate_bpm))
        assert measured.sum() <= track.elapsed_s[-1] - track.elapsed_s[0] + 1e-6
    assert np.quantile(apart, 0.95) < 0.6  # whole beats, and pauses under a minute


def test_peaks_are_a_runners_and_above_the_twenty_minutes(with_pulse: list[Run]) -> None:
    both = [(heart_rate_peak_bpm(track), effort_heart_rate_bpm(track)) for _, track in with_pulse]
    peaks = known([peak for peak, _ in both])
    assert len(peaks) > 0.95 * len(with_pulse)
    assert peaks.max() < 205
    assert 150 < np.median(peaks) < 185
    assert all(effort <= peak for peak, effort in both if peak is not None and effort is not None)


def test_efforts_are_a_runners_and_slower_the_longer(runs: list[Run]) -> None:
    best = [found for _, track in runs if (found := best_effort_m(track)) is not None]
    assert len(best) > 0.9 * len(runs)
    speeds = np.array(best) / np.array(EFFORTS_S)
    # 12 minutes do not go into 20 evenly, nor 20 into 30: the longer may be a little faster there.
    assert np.nanmax(speeds[:, 1:] / speeds[:, :-1]) < 1.05
    assert np.nanmax(speeds) < 6
    assert 2.5 < np.nanmedian(speeds[:, 0]) < 3.5


def test_warm_up_and_cool_down_are_near_the_middle_in_most_runs(runs: list[Run]) -> None:
    for ratio in (warm_up_ratio, cool_down_ratio):
        told = known([ratio(track) for _, track in runs])
        assert len(told) > 200
        assert 0.9 < np.median(told) < 1.1
        # mountain runs that go up on foot and come down running make the tails
        assert np.quantile(told, 0.05) > 0.7 and np.quantile(told, 0.95) < 1.3


def test_stance_balance_is_near_even_where_it_is_told(runs: list[Run]) -> None:
    told = [found for _, track in runs if (found := stance_balance(track)) is not None]
    assert all(45 < found.mean_percent < 55 and abs(found.change_percent) < 5 for found in told)


def test_half_the_samples_tell_nearly_the_same(with_pulse: list[Run]) -> None:
    apart = []
    for _, track in with_pulse[::10]:
        kept = slice(None, None, 2)
        half = Track.of(
            track.elapsed_s[kept],
            distance_m=track.distance_m[kept],
            heart_rate_bpm=track.heart_rate_bpm[kept],
        )
        whole, fewer = heart_rate_time_s(track), heart_rate_time_s(half)
        assert whole is not None and fewer is not None
        bpm = np.arange(30, 231)
        apart.append(abs((fewer @ bpm) / (whole @ bpm) - 1))
    assert np.median(apart) < 0.01
