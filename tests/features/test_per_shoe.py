"""Shoes by hand: kilometres are summed anew from the runs, whatever was assigned when."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

from training import MONDAY, history, run

from features.training_log import Activity, Shoe
from pipelines import measuring
from pipelines.warehouse import reading, store, writing

RED = Shoe("red", "ada", "Red", MONDAY, initial_distance_m=100_000.0)
BLUE = Shoe("blue", "ada", "Blue", MONDAY + timedelta(days=5))


def rule(
    number: int, shoe: str, first: int = 0, last: int | None = None, **more: object
) -> dict[str, object]:
    return {
        "id": number,
        "athlete": "ada",
        "shoe": shoe,
        "from_day": MONDAY + timedelta(days=first),
        "to_day": None if last is None else MONDAY + timedelta(days=last),
        "sub_sport": None,
        "weekday": None,
        **more,
    }


def shoe_km(
    activities: list[Activity],
    rules: list[dict[str, object]],
    as_of: int,
    by_hand: dict[str, str] | None = None,
    pairs: tuple[Shoe, ...] = (RED, BLUE),
) -> dict[str | None, float]:
    """Kilometres run in each pair (None = in no pair), and that they add up to all runs."""
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, activities)
        rows = [asdict(pair) for pair in pairs]
        writing.replace(db, "shoe", rows)
        writing.replace(db, "shoe_rule", rules)
        hands = [
            {"athlete": "ada", "activity": a, "shoe": s, "by_hand": True} for a, s in (by_hand or {}).items()
        ]
        writing.replace(db, "shoe_assignment", hands)
        day = MONDAY + timedelta(days=as_of)
        measuring.measure(db, day)
        states = reading.shoe_days(db, "ada", day, pairs)
        none = db.execute("select coalesce(sum(distance_m), 0) from run_shoe where shoe is null").fetchone()
        every = db.execute("select sum(distance_m) from run").fetchone()
    km: dict[str | None, float] = {
        s.shoe.id: (s.distance_m - s.shoe.initial_distance_m) / 1000 for s in states
    }
    km[None] = none[0] / 1000
    assert sum(km.values()) == every[0] / 1000
    return km


def test_runs_count_for_the_pair_whose_rule_was_added_last() -> None:
    runs = [run(0, 5.0), run(6, 7.0), run(8, 11.0)]
    km = shoe_km(runs, [rule(1, "red"), rule(2, "blue", first=5)], 8)
    assert km == {"red": 5.0, "blue": 18.0, None: 0.0}


def test_a_back_dated_rule_moves_old_runs() -> None:
    runs = [run(0, 5.0), run(6, 7.0), run(8, 11.0)]
    rules = [rule(1, "red"), rule(2, "blue", first=5), rule(3, "red", first=6, last=6)]
    assert shoe_km(runs, rules, 8) == {"red": 12.0, "blue": 11.0, None: 0.0}


def test_a_correction_by_hand_beats_every_rule() -> None:
    runs = [run(0, 5.0), run(6, 7.0)]
    assert shoe_km(runs, [rule(1, "red")], 6, by_hand={runs[1].id: "blue"}) == {
        "red": 5.0,
        "blue": 7.0,
        None: 0.0,
    }


def test_rules_may_name_a_sub_sport_or_a_weekday() -> None:
    runs = [run(0, 5.0), run(1, 3.0, sub_sport="trail"), run(5, 7.0)]  # Monday, Tuesday, Saturday
    rules = [rule(1, "red"), rule(2, "blue", sub_sport="trail"), rule(3, "blue", weekday=6)]
    assert shoe_km(runs, rules, 5) == {"red": 5.0, "blue": 10.0, None: 0.0}


def test_a_retired_pair_counts_nothing_after_its_last_day_even_if_a_rule_still_names_it() -> None:
    old = Shoe("red", "ada", "Red", MONDAY, retired_on=MONDAY + timedelta(days=6))
    runs = [run(6, 5.0), run(7, 9.0)]
    assert shoe_km(runs, [rule(1, "red")], 7, pairs=(old,)) == {"red": 5.0, None: 9.0}


def test_runs_without_a_pair_stay_without_one() -> None:
    assert shoe_km([run(0, 5.0)], [], 0)[None] == 5.0


def test_age_recent_use_and_starting_distance() -> None:
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, [run(0, 5.0), run(40, 8.0), run(41, 2.0)])
        old = replace(RED, bought_on=date(2026, 5, 2))  # thirty days before MONDAY
        writing.replace(db, "shoe", [asdict(old)])
        writing.replace(db, "shoe_rule", [rule(1, "red")])
        day = MONDAY + timedelta(days=41)
        measuring.measure(db, day)
        (state,) = reading.shoe_days(db, "ada", day, [RED])
    assert (state.age_days, state.runs, state.distance_m, state.distance_28d_m) == (71, 3, 115_000, 10_000)


def test_a_run_assigned_by_hand_counts_for_a_pair_that_was_retired_before() -> None:
    old = Shoe("red", "ada", "Red", MONDAY, retired_on=MONDAY + timedelta(days=1))
    late = run(9, 6.0)
    assert shoe_km([run(0, 5.0), late], [rule(1, "red")], 12, by_hand={late.id: "red"}, pairs=(old,)) == {
        "red": 11.0,
        None: 0.0,
    }
