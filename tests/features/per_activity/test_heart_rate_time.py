"""Seconds at each heart rate, and the rates held longest: from beats that a test can count."""

from __future__ import annotations

import numpy as np
import pytest
from recording_builder import track

from features.per_activity.heart_rate_time import (
    effort_heart_rate_bpm,
    heart_rate_peak_bpm,
    heart_rate_time_s,
)
from features.stream_measures import LOWEST_BPM
from features.training_log import Column, Track


def beating(seconds: float, bpm: float, every_s: float = 1.0) -> tuple[Column, Column]:
    times = np.arange(0.0, seconds, every_s)
    return times, np.full(len(times), bpm)


def in_turn(*parts: tuple[Column, Column], every_s: float = 1.0) -> Track:
    """The parts one after the other; the last sample closes the last part."""
    rate = np.concatenate([rate for _, rate in parts])
    rate = np.append(rate, rate[-1])
    return Track.of(np.arange(len(rate)) * every_s, heart_rate_bpm=rate)


def seconds_at(measured: Column | None, bpm: int) -> float:
    assert measured is not None
    return float(measured[bpm - LOWEST_BPM])


def test_each_second_is_counted_at_its_rate() -> None:
    measured = heart_rate_time_s(in_turn(beating(600, 120), beating(300, 150)))
    assert seconds_at(measured, 120) == 600
    assert seconds_at(measured, 150) == 300
    assert measured is not None and measured.sum() == 900


def test_smart_recording_weighs_a_sample_by_the_time_it_stands_for() -> None:
    measured = heart_rate_time_s(track([0, 50, 60], heart_rate_bpm=[120, 150, 150]))
    assert seconds_at(measured, 120) == 50
    assert seconds_at(measured, 150) == 10


def test_a_pause_makes_no_time_at_a_heart_rate() -> None:
    measured = heart_rate_time_s(track([0, 30, 1830, 1860], heart_rate_bpm=[120, 140, 90, 90]))
    assert measured is not None and measured.sum() == 60


def test_twice_the_sampling_rate_and_a_split_file_change_little() -> None:
    rng = np.random.default_rng(1)
    rate = 140 + 20 * np.sin(np.arange(3601) / 300) + rng.normal(0, 1, 3601)
    whole = Track.of(np.arange(3601.0), heart_rate_bpm=rate)
    halves = [
        Track.of(np.arange(1800.0), heart_rate_bpm=rate[:1800]),
        Track.of(np.arange(1801.0), heart_rate_bpm=rate[1800:]),
    ]
    fine = np.arange(0.0, 3600.5, 0.5)
    doubled = Track.of(fine, heart_rate_bpm=np.interp(fine, np.arange(3601.0), rate))
    beats = np.arange(30, 231)
    expected = heart_rate_time_s(whole)
    assert expected is not None
    for parts in (halves, [doubled]):
        measured = np.sum([heart_rate_time_s(part) for part in parts], axis=0)
        assert measured @ beats == pytest.approx(expected @ beats, rel=0.01)


@pytest.mark.parametrize("rate", [None, 0, 12, 255])
def test_no_pulse_and_no_runners_pulse_is_unknown(rate: float | None) -> None:
    silent = track([0, 1, 2], heart_rate_bpm=[rate] * 3)
    assert heart_rate_time_s(silent) is None
    assert heart_rate_peak_bpm(silent) is None


def test_the_peak_is_a_mean_over_half_a_minute() -> None:
    # 15 s at 180 within 160: (15 × 180 + 15 × 160) / 30 = 170
    assert heart_rate_peak_bpm(in_turn(beating(300, 160), beating(15, 180), beating(300, 160))) == 170


def test_a_single_wrong_reading_hardly_moves_the_peak() -> None:
    assert heart_rate_peak_bpm(
        in_turn(beating(300, 160), beating(1, 220), beating(300, 160))
    ) == pytest.approx(162)


def test_twenty_minutes_are_found_wherever_they_lie() -> None:
    hard = in_turn(beating(500, 130), beating(1200, 172), beating(600, 140))
    assert effort_heart_rate_bpm(hard) == pytest.approx(172)


def test_a_halt_at_a_light_does_not_spoil_twenty_minutes_but_a_lost_sensor_does() -> None:
    times = np.arange(0.0, 1800)
    rate = np.full(1800, 165.0)
    rate[900:970] = np.nan
    assert effort_heart_rate_bpm(Track.of(times, heart_rate_bpm=rate)) == pytest.approx(165)
    rate[600:1200] = np.nan
    assert effort_heart_rate_bpm(Track.of(times, heart_rate_bpm=rate)) is None


def test_shorter_than_the_window_is_unknown() -> None:
    assert heart_rate_peak_bpm(in_turn(beating(20, 150))) is None
    assert effort_heart_rate_bpm(in_turn(beating(1100, 150))) is None
    assert heart_rate_time_s(Track.empty()) is None
    assert heart_rate_peak_bpm(Track.empty()) is None
