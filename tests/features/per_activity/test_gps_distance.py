"""Distance from positions."""

from __future__ import annotations

import numpy as np
import pytest
from recording_builder import track

from features.per_activity.gps_distance import gps_distance_m, haversine_m


def test_one_degree_of_latitude_is_a_360th_of_the_great_circle() -> None:
    assert haversine_m(np.array([0.0, 1.0]), np.array([18.0, 18.0]))[0] == pytest.approx(111_195.08, abs=0.01)


def test_paris_to_new_york_is_as_far_as_atlases_say() -> None:
    leg = haversine_m(np.array([48.8566, 40.7128]), np.array([2.3522, -74.0060]))[0]
    assert leg == pytest.approx(5_837_000, rel=0.001)


def test_a_straight_run_is_the_sum_of_its_legs() -> None:
    assert gps_distance_m(track([0, 1, 2], north_m=[0, 3, 6]), "running") == pytest.approx(6.0, abs=1e-6)


def test_a_point_that_both_neighbours_cannot_reach_is_dropped() -> None:
    jump = track([0, 1, 2, 3, 4], north_m=[0, 3, 500, 9, 12])
    assert gps_distance_m(jump, "running") == pytest.approx(12.0, abs=1e-6)
    assert gps_distance_m(jump, "cycling") == pytest.approx(3 + 497 + 491 + 3, abs=1e-3)


def test_a_jump_that_stays_is_kept_because_nobody_knows_which_side_is_wrong() -> None:
    assert gps_distance_m(track([0, 1, 2, 3], north_m=[0, 3, 103, 106]), "running") == pytest.approx(
        106, abs=1e-3
    )


def test_unknown_positions_are_bridged_and_pauses_are_not() -> None:
    gap = track([0, 1, 2, 3], north_m=[0, None, 6, 9])
    assert gps_distance_m(gap, "running") == pytest.approx(9.0, abs=1e-6)
    carried = track([0, 10, 100, 110], north_m=[0, 30, 230, 260])
    assert gps_distance_m(carried, "running", pauses_s=((10.0, 100.0),)) == pytest.approx(60.0, abs=1e-6)


def test_fewer_than_two_positions_are_no_distance() -> None:
    assert gps_distance_m(track([0, 1], north_m=[0, None]), "running") is None
    assert gps_distance_m(track([]), "running") is None
