"""How long a workout took."""

from __future__ import annotations

from recording_builder import recording, track

from features.per_activity.duration import Duration, duration_of
from features.training_log import Flag, Totals

TEN_MINUTES = track([0, 600])


def test_the_watch_comes_first_then_samples_or_timer_whichever_is_longer() -> None:
    told = recording(TEN_MINUTES, totals=Totals(elapsed_s=605.0, timer_s=500.0))
    assert duration_of(told) == Duration(605.0, frozenset())
    assert duration_of(recording(TEN_MINUTES, totals=Totals(timer_s=500.0))).duration_s == 600.0
    assert duration_of(recording(TEN_MINUTES, totals=Totals(timer_s=603.0))) == Duration(603.0, frozenset())
    assert duration_of(recording(totals=Totals(timer_s=500.0))).duration_s == 500.0
    assert duration_of(recording()) == Duration(None, frozenset())


def test_a_watch_that_its_samples_contradict_is_flagged() -> None:
    assert duration_of(recording(TEN_MINUTES, totals=Totals(elapsed_s=900.0))).flags == {
        Flag.DURATION_DISAGREES
    }
    assert duration_of(recording(TEN_MINUTES, totals=Totals(elapsed_s=650.0))).flags == frozenset()


def test_a_timer_that_ran_longer_than_the_clock_is_flagged() -> None:
    told = recording(TEN_MINUTES, totals=Totals(elapsed_s=600.0, timer_s=630.0))
    assert duration_of(told) == Duration(600.0, frozenset({Flag.TIMER_EXCEEDS_ELAPSED}))


def test_a_duration_of_zero_was_never_told() -> None:
    manual = recording(totals=Totals(distance_m=8000.0, elapsed_s=0.0, timer_s=0.0))
    assert duration_of(manual) == Duration(None, frozenset({Flag.ZERO_DURATION}))
