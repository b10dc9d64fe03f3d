"""An athlete's own cadence at a speed, from runs made by hand: 140 + 10 × speed steps a minute."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from models.habits import usual_cadence

SPEED = np.linspace(2.5, 4.0, 12)
CADENCE = 140 + 10 * SPEED


def test_a_clean_habit_is_found() -> None:
    assert usual_cadence(SPEED, CADENCE, 3.0) == pytest.approx(170)


def test_a_lost_sensor_does_not_bend_the_habit() -> None:
    odd = CADENCE.copy()
    odd[3], odd[8] = 85, 230  # strides counted as steps; a shaken wrist
    assert usual_cadence(SPEED, odd, 3.0) == pytest.approx(170, abs=0.1)


def test_slow_runs_with_walk_breaks_do_not_bend_the_habit() -> None:
    odd = CADENCE.copy()
    odd[:3] = 90
    assert usual_cadence(SPEED, odd, 3.5) == pytest.approx(175, abs=0.1)


def test_with_few_runs_there_is_no_habit() -> None:
    assert usual_cadence(SPEED[:7], CADENCE[:7], 2.7) is None
    assert usual_cadence(SPEED[:8], CADENCE[:8], 2.7) == pytest.approx(167)


def test_runs_without_cadence_do_not_count() -> None:
    silent = CADENCE.copy()
    silent[:5] = np.nan
    assert usual_cadence(SPEED, silent, 3.5) is None


@pytest.mark.parametrize("speed", [2.4, 4.1])
def test_nothing_is_said_outside_the_speeds_seen(speed: float) -> None:
    assert usual_cadence(SPEED, CADENCE, speed) is None


def test_always_the_same_speed_gives_the_middle_cadence() -> None:
    cadence = np.array([168.0, 170, 170, 170, 171, 171, 172, 90])
    assert usual_cadence(np.full(8, 3.0), cadence, 3.0) == 170


def test_the_fitting_library_is_loaded_only_when_asked() -> None:
    code = "import sys, models.habits; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
