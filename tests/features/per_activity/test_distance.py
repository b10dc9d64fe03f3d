"""Which distance counts, and when two of them disagree."""

from __future__ import annotations

import pytest
from recording_builder import recording, track

from features.per_activity.distance import Distance, distance_of, sampled_distance_m
from features.training_log import Flag, Totals

SAMPLED = track([0, 100, 200], distance_m=[10, 310, 610])  # 600 m
LOCATED = track([0, 100, 200], north_m=[0, 300, 600])


def test_the_total_of_the_watch_comes_first() -> None:
    assert distance_of(recording(SAMPLED, totals=Totals(distance_m=605.0))) == Distance(605.0, frozenset())


def test_samples_come_second_and_positions_third() -> None:
    assert distance_of(recording(SAMPLED)) == Distance(600.0, frozenset({Flag.DISTANCE_FROM_RECORDS}))
    located = distance_of(recording(LOCATED))
    assert located.distance_m == pytest.approx(600.0, abs=1e-6)
    assert located.flags == {Flag.DISTANCE_FROM_GPS}


def test_nothing_is_unknown_and_flagged() -> None:
    assert distance_of(recording()) == Distance(None, frozenset({Flag.DISTANCE_MISSING}))


def test_a_total_of_zero_is_true_where_nothing_moved_and_a_gap_where_samples_did() -> None:
    still = recording(track([0, 100], distance_m=[0, 0]), totals=Totals(distance_m=0.0))
    assert distance_of(still) == Distance(0.0, frozenset())
    assert distance_of(recording(SAMPLED, totals=Totals(distance_m=0.0))).distance_m == 600.0


@pytest.mark.parametrize(("total", "flagged"), [(605.0, False), (615.0, False), (700.0, True), (500.0, True)])
def test_a_total_that_its_own_samples_contradict_is_flagged(total: float, flagged: bool) -> None:
    found = distance_of(recording(SAMPLED, totals=Totals(distance_m=total)))
    assert found.distance_m == total
    assert (Flag.DISTANCE_DISAGREES in found.flags) is flagged


@pytest.mark.parametrize(("total", "flagged"), [(700.0, False), (1000.0, True)])
def test_positions_contradict_only_grossly(total: float, flagged: bool) -> None:
    found = distance_of(recording(LOCATED, totals=Totals(distance_m=total)))
    assert (Flag.DISTANCE_DISAGREES in found.flags) is flagged


def test_a_counter_that_starts_anew_is_added_up_and_one_that_runs_backwards_is_not_believed() -> None:
    assert sampled_distance_m(recording(track([0, 1, 2, 3], distance_m=[0, 500, 5, 105]))) == 600.0
    assert sampled_distance_m(recording(track([0, 1], distance_m=[500, 100]))) is None


def test_a_run_faster_than_any_runner_is_flagged_and_a_ride_is_not() -> None:
    jump = track([0, 1, 2, 3], distance_m=[0, 3, 203, 206])
    assert Flag.IMPLAUSIBLE_SPEED in distance_of(recording(jump)).flags
    assert Flag.IMPLAUSIBLE_SPEED not in distance_of(recording(jump, sport="cycling")).flags
