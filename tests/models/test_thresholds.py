"""What is hard for an athlete, from a year of runs made by hand."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from features.stream_measures import EFFORTS_S, IntensityHabit
from features.training_log import Athlete, Column
from models.thresholds import intensity_habit

NOVEMBER = date(2026, 11, 1)
MARA = Athlete("mara", "Mara")
TIMES = np.array(EFFORTS_S, dtype=np.float64)
ALL_OUT = 3.5 * TIMES + 150  # critical speed 3.5 m/s, 150 m to be run above it


def habit(
    athlete: Athlete = MARA,
    *,
    runs: int = 12,
    peaks: Column | None = None,
    efforts: Column | None = None,
    best: Column | None = None,
    last_run: int = 1,
    running: bool = True,
) -> IntensityHabit:
    """``runs`` runs, one a day up to ``last_run`` days before November; what is not given is usual."""
    days = np.array([NOVEMBER - timedelta(days=last_run + back) for back in range(runs)], "datetime64[D]")
    return intensity_habit(
        athlete,
        NOVEMBER,
        days=days,
        peaks_bpm=np.linspace(160, 182, runs) if peaks is None else peaks,
        efforts_bpm=np.linspace(150, 172, runs) if efforts is None else efforts,
        best_efforts_m=np.tile(ALL_OUT, (runs, 1)) if best is None else best,
        running=np.full(runs, running),
    )


def test_highest_and_threshold_are_the_second_highest_of_a_year() -> None:
    found = habit(peaks=np.array([160.0] * 10 + [186, 221]), efforts=np.array([150.0] * 10 + [171, 199]))
    assert (found.highest_heart_rate_bpm, found.threshold_heart_rate_bpm) == (186, 171)
    assert found.runs == 12


def test_what_the_athlete_told_wins() -> None:
    told = replace(MARA, highest_heart_rate_bpm=191)
    assert habit(told).highest_heart_rate_bpm == 191
    assert habit(told, peaks=np.full(12, np.nan)).highest_heart_rate_bpm == 191


def test_who_ran_nothing_hard_gets_no_easy_threshold() -> None:
    easy = habit(replace(MARA, highest_heart_rate_bpm=190), efforts=np.full(12, 140.0))
    assert easy.threshold_heart_rate_bpm == pytest.approx(0.85 * 190)


def test_the_threshold_is_never_above_the_highest() -> None:
    assert habit(replace(MARA, highest_heart_rate_bpm=170)).threshold_heart_rate_bpm == 170


def test_runs_far_below_what_is_usual_at_the_age_show_no_highest() -> None:
    # 36 years: 208 - 0.7 × 36 = 182.8 is usual, 162.8 the least that is believed
    mara = replace(MARA, birth_year=1990)
    assert habit(mara, peaks=np.full(12, 163.0)).highest_heart_rate_bpm == 163
    unsure = habit(mara, peaks=np.full(12, 162.0))
    assert unsure.highest_heart_rate_bpm is None
    assert unsure.threshold_heart_rate_bpm is None
    assert habit(MARA, peaks=np.full(12, 162.0)).highest_heart_rate_bpm == 162


def test_critical_speed_is_the_slope_through_the_best_efforts() -> None:
    found = habit()
    assert found.critical_speed_mps == pytest.approx(3.5)
    assert found.distance_above_m == pytest.approx(150)


def test_an_effort_that_was_not_all_out_moves_it_little() -> None:
    best = np.tile(ALL_OUT, (12, 1))
    best[:, 2] -= 100  # the twelve minutes were run easily
    assert habit(best=best).critical_speed_mps == pytest.approx(3.5, rel=0.02)


def test_efforts_of_different_runs_make_one_line() -> None:
    best = np.tile(2.5 * TIMES, (12, 1))
    for run, length in enumerate((0, 1, 2, 3)):
        best[run, length] = ALL_OUT[length]
    assert habit(best=best).critical_speed_mps == pytest.approx(3.5)


def test_who_ran_farther_in_half_an_hour_than_the_line_allows_has_a_higher_critical_speed() -> None:
    best = np.tile(ALL_OUT, (12, 1))
    best[5, 4] = 3.7 * 1800 + 150
    assert habit(best=best).critical_speed_mps == pytest.approx(3.7)
    best[5, 4] = 3.2 * 1800 + 150
    best[:, 5] = np.nan
    assert habit(best=best).critical_speed_mps == pytest.approx(3.5)


def test_easy_runs_alone_show_no_critical_speed() -> None:
    assert habit(best=np.tile(2.8 * TIMES + 20, (12, 1))).critical_speed_mps is None


def test_a_jump_of_the_position_shows_no_critical_speed() -> None:
    best = np.tile(ALL_OUT, (12, 1))
    best[3] += 500
    assert habit(best=best).critical_speed_mps is None


def test_too_little_tells_nothing() -> None:
    few = habit(runs=7)
    assert (few.highest_heart_rate_bpm, few.threshold_heart_rate_bpm) == (None, None)
    assert (few.critical_speed_mps, few.distance_above_m) == (None, None)
    short = np.tile(ALL_OUT, (12, 1))
    short[:, 2:] = np.nan  # nothing over six minutes
    assert habit(best=short).critical_speed_mps is None
    assert habit(running=False).highest_heart_rate_bpm is None
    assert habit(runs=0).runs == 0


def test_what_is_long_ago_does_not_count() -> None:
    assert habit(last_run=366).highest_heart_rate_bpm is None
    half_a_year_ago = habit(last_run=181)
    assert half_a_year_ago.highest_heart_rate_bpm is not None
    assert half_a_year_ago.critical_speed_mps is None


def test_what_came_later_changes_nothing() -> None:
    days = np.array([NOVEMBER + timedelta(days=d) for d in range(-12, 12)], "datetime64[D]")
    later = days >= np.datetime64(NOVEMBER)
    peaks, efforts = np.where(later, 220.0, 180.0), np.where(later, 210.0, 170.0)
    best = np.where(later[:, np.newaxis], 6.0 * TIMES, ALL_OUT)

    def of(chosen: Column) -> IntensityHabit:
        return intensity_habit(
            MARA,
            NOVEMBER,
            days=days[chosen],
            peaks_bpm=peaks[chosen],
            efforts_bpm=efforts[chosen],
            best_efforts_m=best[chosen],
            running=np.ones(int(chosen.sum()), dtype=np.bool_),
        )

    assert of(np.ones(24, dtype=np.bool_)) == of(~later)


def test_thousands_of_months_take_seconds() -> None:
    habit()  # the library is loaded once
    begun = time.perf_counter()
    for _ in range(50):
        habit(runs=200)
    assert (time.perf_counter() - begun) / 50 < 0.01  # measured: 1 ms each; the rest is for a busy machine


def test_the_fitting_library_is_loaded_only_when_asked() -> None:
    code = "import sys, models.thresholds; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
