"""An athlete's own cadence at a speed, from stretches made by hand: 140 + 10 × speed steps a minute."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pytest

from features.stream_measures import CadenceHabit, Segments
from features.training_log import Column
from models.habits import cadence_habit

FIRST = date(2026, 6, 1)
RUNS, EACH = 12, 20
SPEED = np.tile(np.linspace(2.4, 4.1, EACH), RUNS)
CADENCE = 140 + 10 * SPEED
RUN = np.repeat(np.arange(RUNS), EACH)


def habit(
    speed: Column = SPEED,
    cadence: Column = CADENCE,
    days_before: Column | None = None,
    grade: Column | None = None,
    walked_m: Column | None = None,
    runs: int = RUNS,
) -> CadenceHabit | None:
    """What is learned from a run every third day before the first of June, unless told otherwise."""
    back = 3 * (RUN + 1) if days_before is None else days_before
    days = np.array([FIRST - timedelta(days=int(n)) for n in back], dtype="datetime64[D]")
    none = np.zeros(len(speed))
    stretches = Segments(
        distance_m=np.full(len(speed), 100.0),
        moving_s=100 / speed,
        grade=none if grade is None else grade,
        cadence_spm=cadence,
        heart_rate_bpm=none,
        walked_m=none if walked_m is None else walked_m,
        walked_s=none,
    )
    part = slice(0, runs * EACH)
    return cadence_habit("ada", FIRST, days[part], RUN[part], stretches.part(part))


def at(speed: float, found: CadenceHabit | None) -> float:
    assert found is not None
    return float(found.cadence_spm(np.array([speed]))[0])


def test_a_clean_habit_is_found() -> None:
    found = habit()
    assert found is not None
    assert (found.intercept_spm, found.slope_spm_per_mps) == pytest.approx((140, 10))
    assert (found.runs, found.segments) == (RUNS, RUNS * EACH)
    assert found.spread_spm == pytest.approx(0, abs=1e-6)


def test_a_speed_that_was_hardly_ever_run_is_held_to_the_nearest_one_that_was() -> None:
    found = habit()
    assert found is not None
    assert found.slowest_mps == pytest.approx(2.49, abs=0.01)  # a twentieth at each end is left out
    assert at(9.0, found) == at(found.fastest_mps, found)


def test_a_lost_sensor_does_not_bend_the_habit() -> None:
    odd = CADENCE.copy()
    odd[::10] = 235.0
    odd[5::10] = 95.0
    assert at(3.0, habit(cadence=odd)) == pytest.approx(170, abs=0.5)


def test_what_was_walked_does_not_count() -> None:
    slow = SPEED < 2.7
    odd, walked = np.where(slow, 145.0, CADENCE), np.where(slow, 30.0, 0.0)
    assert at(3.5, habit(cadence=odd, walked_m=walked)) == pytest.approx(175, abs=0.01)


def test_hills_do_not_count_and_unknown_grade_counts_as_level() -> None:
    steep = np.where(SPEED < 3, 0.05, 0.0)
    odd = np.where(SPEED < 3, CADENCE + 8, CADENCE)
    assert at(3.5, habit(cadence=odd, grade=steep)) == pytest.approx(175, abs=0.01)
    assert at(3.5, habit(grade=np.full(len(SPEED), np.nan))) == pytest.approx(175)


def test_with_few_runs_there_is_no_habit() -> None:
    assert habit(runs=7) is None
    assert habit(runs=8) is not None


def test_runs_without_cadence_do_not_count() -> None:
    silent = CADENCE.copy()
    silent[: 5 * EACH] = np.nan
    assert habit(cadence=silent) is None


def test_a_habit_never_looks_at_its_own_month_or_back_beyond_half_a_year() -> None:
    later = np.where(RUN < 4, -3 * RUN, 3 * (RUN + 1))  # four runs on or after the first of June
    odd = np.where(RUN < 4, 200.0, CADENCE)
    found = habit(cadence=odd, days_before=later)
    assert found is not None
    assert found.runs == RUNS - 4
    assert at(3.0, found) == pytest.approx(170)
    old = np.where(RUN < 4, 181, 180)
    found = habit(cadence=odd, days_before=old)
    assert found is not None
    assert found.runs == RUNS - 4


def test_always_the_same_speed_gives_the_middle_cadence() -> None:
    cadence = np.where(RUN < 2, 150.0, 170.0)
    found = habit(speed=np.full(len(SPEED), 3.0), cadence=cadence)
    assert found is not None
    assert (found.intercept_spm, found.slope_spm_per_mps) == (170, 0)


def test_the_fitting_library_is_loaded_only_when_asked() -> None:
    code = "import sys, models.habits; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
