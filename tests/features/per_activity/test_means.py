"""Means over time, not over samples."""

from __future__ import annotations

import pytest
from recording_builder import recording, track

from features.per_activity.means import mean_cadence_spm, mean_heart_rate_bpm
from features.per_activity.sample_weight import sample_weight_s


def test_a_sample_weighs_the_time_until_the_next() -> None:
    assert sample_weight_s(track([0, 1, 10, 15])).tolist() == [1, 9, 5, 0]


def test_neither_a_pause_nor_a_long_gap_weighs_anything() -> None:
    samples = track([0, 10, 100, 110, 1000])
    assert sample_weight_s(samples, ((10.0, 100.0),)).tolist() == [10, 0, 10, 0, 0]


def test_smart_recording_does_not_bend_the_mean() -> None:
    smart = recording(track([0, 1, 2, 10, 10], heart_rate_bpm=[100, 100, 180, 90, 90]))
    # 2 s at 100 and 8 s at 180; the sample mean would be 112
    assert mean_heart_rate_bpm(smart) == pytest.approx((2 * 100 + 8 * 180) / 10)


def test_unknown_samples_have_no_say() -> None:
    part = recording(track([0, 1, 2, 3], heart_rate_bpm=[150, None, None, 150]))
    assert mean_heart_rate_bpm(part) == 150
    assert mean_heart_rate_bpm(recording(track([0, 1]))) is None
    assert mean_heart_rate_bpm(recording()) is None


def test_a_single_sample_is_its_own_mean() -> None:
    assert mean_heart_rate_bpm(recording(track([0], heart_rate_bpm=[140]))) == 140


def test_standing_is_not_a_cadence_of_zero() -> None:
    stop = recording(track([0, 1, 2, 3], cadence_spm=[170, 0, 0, 170]))
    assert mean_cadence_spm(stop) == 170
