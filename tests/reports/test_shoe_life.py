"""The life of a pair: when it reaches a limit at its present use, and what is said of a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builders import SUNDAY, pair

from reports.shoe_life import ShoeLife
from reports.wording import Measure

KM = Measure("km")


def test_the_forecast_is_the_rest_at_the_use_of_four_weeks() -> None:
    # 120 km in 28 days; 180 km are left: 42 days
    life = ShoeLife(pair(420.0, age_days=90))
    assert life.due_on == SUNDAY + timedelta(days=42)
    assert life.outlook(KM) == (
        "At the 120 km of your last four weeks they reach 600 km around 27 December 2026: check them then."
    )
    assert life.check_them == "27 December 2026"


def test_the_age_limit_comes_first_where_it_is_nearer() -> None:
    life = ShoeLife(pair(100.0, age_days=170))
    assert life.due_on == SUNDAY + timedelta(days=13)
    assert life.outlook(KM) == "They reach their age limit on 28 November 2026: check them then."


def test_a_pair_that_is_not_used_is_due_by_age_alone() -> None:
    idle = replace(pair(420.0, age_days=90), distance_28d_m=0.0)
    assert ShoeLife(idle).due_on == SUNDAY + timedelta(days=93)


def test_a_raised_limit_moves_the_day_and_takes_stages_back() -> None:
    worn = pair(610.0, age_days=90)
    assert ShoeLife(worn).stages == ("warn", "due")
    assert ShoeLife(worn).check_them == "now"
    raised = pair(610.0, age_days=90, limit_m=800_000.0)
    assert ShoeLife(raised).stages == ()
    assert ShoeLife(raised).due_on == SUNDAY + timedelta(days=45)  # 190 km at 120 km in 28 days: 44.3


def test_a_new_pair_is_worn_in_turns() -> None:
    new = replace(pair(18.0, age_days=9), runs=3, distance_28d_m=18_000.0)
    words = ShoeLife(new).outlook(KM)
    assert words.startswith("New (3 runs, 18.0 km so far): for about the first 50 km, take turns with a pair")
    assert "check them then" in words
    assert ShoeLife(pair(50.0, age_days=9)).first_runs(KM) == ""


def test_a_retired_pair_asks_for_nothing() -> None:
    life = ShoeLife(pair(700.0, age_days=400, retired_on=SUNDAY))
    assert (life.outlook(KM), life.check_them) == ("Retired.", "retired 2026-11-15")
