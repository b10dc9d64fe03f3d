"""Which measures a recording gets, by its sport and by what its summary warns of."""

from __future__ import annotations

import numpy as np
import pytest

from features.per_activity.stream import stream_measure_of
from features.stream_measures import StreamMeasure
from features.training_log import Flag, Surface, Track

SECONDS = np.arange(2401.0)
RUN = Track.of(
    SECONDS,
    distance_m=3 * SECONDS,
    altitude_m=100 + 0.06 * SECONDS,
    cadence_spm=np.full(2401, 170.0),
    heart_rate_bpm=np.full(2401, 150.0),
)


def measured(
    *flags: Flag, sport: str = "running", surface: Surface = Surface.UNKNOWN, track: Track = RUN
) -> StreamMeasure:
    return stream_measure_of(track, sport, surface, flags)


def test_a_run_is_measured_in_full() -> None:
    found = measured()
    assert found.segments.grade == pytest.approx(0.02)
    assert found.heart_rate_peak_bpm == pytest.approx(150)
    assert found.warm_up_ratio == pytest.approx(1)
    assert found.best_effort_m is not None


@pytest.mark.parametrize("flag", [Flag.ELEVATION_FROM_GPS, Flag.ELEVATION_MISSING])
def test_altitude_that_is_no_barometers_gives_no_grade(flag: Flag) -> None:
    assert np.isnan(measured(flag).segments.grade).all()


def test_a_treadmill_has_no_grade() -> None:
    assert np.isnan(measured(surface=Surface.TREADMILL).segments.grade).all()


def test_steps_taken_for_the_pulse_are_no_heart_rate() -> None:
    found = measured(Flag.CADENCE_LOCK)
    assert found.heart_rate_s is None
    assert found.heart_rate_peak_bpm is None
    assert np.isnan(found.segments.heart_rate_bpm).all()
    assert found.segments.cadence_spm == pytest.approx(170)


def test_a_ride_has_a_pulse_and_no_stretches() -> None:
    found = measured(sport="cycling")
    assert len(found.segments) == 0
    assert found.heart_rate_s is not None
    assert found.best_effort_m is None


def test_a_hike_has_stretches_and_no_efforts() -> None:
    found = measured(sport="hiking")
    assert len(found.segments) == 72
    assert found.warm_up_ratio is None


def test_a_recording_without_samples_says_nothing() -> None:
    found = measured(track=Track.empty())
    assert len(found.segments) == 0
    assert found.heart_rate_s is None
    assert found.oval_track_share is None
