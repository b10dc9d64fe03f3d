"""Grade of stretches, from hills made by hand: 3 m/s, an altitude a second."""

from __future__ import annotations

import numpy as np
import pytest

from features.per_activity.grade import grades
from features.training_log import Column

SECONDS = np.arange(301.0)
COVERED = 3 * SECONDS  # 900 m
EDGES = np.linspace(0.0, 900.0, 10)


def graded(altitude_m: Column, moved_s: Column = SECONDS, covered_m: Column = COVERED) -> Column:
    edges = np.linspace(0.0, covered_m[-1], 10)
    return grades(np.arange(float(len(altitude_m))), altitude_m, covered_m, moved_s, edges)


def test_a_steady_hill_has_its_grade_everywhere() -> None:
    assert graded(100 + 0.05 * COVERED) == pytest.approx(0.05)  # 5 m up in 100 m
    assert graded(100 - 0.05 * COVERED) == pytest.approx(-0.05)


def test_each_stretch_has_its_own_grade() -> None:
    up_then_down = 100 + np.where(COVERED <= 400, 0.04 * COVERED, 0.04 * (800 - COVERED))
    found = graded(up_then_down)
    assert found[:4] == pytest.approx(0.04, abs=0.001)
    assert found[4:] == pytest.approx(-0.04, abs=0.001)


def test_a_hill_upside_down_has_the_opposite_grades() -> None:
    dice = np.random.default_rng(3)
    hill = 100 + np.cumsum(dice.normal(0, 0.3, 301))
    assert graded(-hill) == pytest.approx(-graded(hill))


def test_a_jump_of_the_sensor_is_no_hill() -> None:
    jumped = np.where(SECONDS < 150, 100.0, 137.0)  # 37 m between two samples, as was seen
    assert graded(jumped) == pytest.approx(0)


def test_a_single_wrong_height_is_no_hill() -> None:
    spike = np.full(301, 100.0)
    spike[120] = 101.9  # slow enough for a hill; the median of three takes it out
    assert np.max(np.abs(graded(spike))) < 0.005


def test_what_the_barometer_drifts_while_standing_is_no_hill() -> None:
    stood = (SECONDS >= 100) & (SECONDS < 200)
    covered = 3 * np.concatenate(([0.0], np.cumsum(~stood[:-1])))
    moved = covered / 3
    drifted = 100 + np.clip(SECONDS - 100, 0, 100) * 0.05  # 5 m in 100 s at rest
    assert graded(drifted, moved, covered) == pytest.approx(0, abs=1e-9)


def test_where_altitudes_are_missing_for_long_the_grade_is_unknown() -> None:
    hill = 100 + 0.05 * COVERED
    hill[(COVERED > 310) & (COVERED < 390)] = np.nan
    found = graded(hill)
    assert np.isnan(found[3])
    assert found[[0, 1, 2, 4, 5, 6, 7, 8]] == pytest.approx(0.05)


def test_an_altitude_every_tenth_second_is_enough() -> None:
    hill = np.where(SECONDS % 10 == 0, 100 + 0.05 * COVERED, np.nan)
    assert graded(hill) == pytest.approx(0.05)


@pytest.mark.parametrize("known", [0, 1])
def test_without_two_altitudes_nothing_is_known(known: int) -> None:
    assert np.isnan(graded(np.where(known > SECONDS, 100.0, np.nan))).all()


def test_a_stretch_shorter_than_sixty_metres_has_no_grade() -> None:
    short = COVERED / 20  # 45 m in one stretch
    found = grades(SECONDS, 100 + short, short, SECONDS, np.array([0.0, 45.0]))
    assert np.isnan(found).all()


def test_a_cliff_is_held_to_forty_per_cent() -> None:
    assert graded(100 + 0.6 * COVERED) == pytest.approx(0.4)
