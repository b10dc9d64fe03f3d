"""Shoes by hand: kilometres are summed anew from the runs, whatever was assigned when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

from training import MONDAY, history, run

from features.training_log import Activity, Shoe, Surface
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
        **dict.fromkeys(("sport", "sub_sport", "surface", "weekday", "min_distance_m", "max_distance_m")),
        **more,
    }


def word(activity: str, shoe: str, share: float = 1.0, by_hand: bool = True) -> dict[str, object]:
    return {"athlete": "ada", "activity": activity, "by_hand": by_hand, "shoe": shoe, "share": share}


def shoe_km(
    activities: list[Activity],
    rules: list[dict[str, object]],
    as_of: int,
    by_hand: dict[str, str] | None = None,
    pairs: tuple[Shoe, ...] = (RED, BLUE),
    told: Sequence[dict[str, object]] = (),
    breaks: Sequence[dict[str, object]] = (),
) -> dict[str | None, float]:
    """Kilometres run in each pair (None = in no pair), and that they add up to all runs.

    ``by_hand``: whole runs; ``told``: rows of shoe_assignment.
    """
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, activities)
        rows = [asdict(pair) for pair in pairs]
        writing.replace(db, "shoe", rows)
        writing.replace(db, "shoe_rule", rules)
        hands = [word(a, s) for a, s in (by_hand or {}).items()]
        writing.replace(db, "shoe_assignment", [*hands, *told])
        writing.replace(db, "shoe_break", breaks)
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


def test_a_run_may_be_split_between_pairs() -> None:
    long = run(6, 20.0)
    told = [word(long.id, "red", 0.75), word(long.id, "blue", 0.25)]
    assert shoe_km([run(0, 5.0), long], [rule(1, "red")], 6, told=told) == {
        "red": 20.0,
        "blue": 5.0,
        None: 0.0,
    }


def test_part_of_a_run_may_be_in_none_of_the_pairs() -> None:
    race = run(6, 10.0)
    told = [word(race.id, "red", 0.2), word(race.id, "", 0.8)]  # '' is a borrowed pair
    assert shoe_km([race], [rule(1, "red")], 6, told=told) == {"red": 2.0, "blue": 0.0, None: 8.0}


def test_the_athletes_word_beats_the_exports_which_beats_the_rules() -> None:
    first, second, third = run(6, 1.0), run(7, 2.0), run(8, 4.0)
    told = [
        *(word(first.id, "blue", by_hand=False), word(first.id, "red")),
        word(second.id, "blue", by_hand=False),
    ]
    km = shoe_km([first, second, third], [rule(1, "red")], 8, told=told)
    assert km == {"red": 5.0, "blue": 2.0, None: 0.0}


def test_a_rule_may_ask_for_a_distance_from_here_to_below_there() -> None:
    runs = [run(0, 9.9), run(6, 10.0), run(7, 15.0), run(8, None)]
    rules = [rule(1, "red"), rule(2, "blue", min_distance_m=10_000.0, max_distance_m=15_000.0)]
    assert shoe_km(runs, rules, 8) == {"red": 24.9, "blue": 10.0, None: 0.0}


def test_a_rule_may_ask_what_most_of_the_run_was_on() -> None:
    treadmill = run(6, 7.0, surface=Surface.TREADMILL)
    rules = [rule(1, "red"), rule(2, "blue", surface="treadmill")]
    assert shoe_km([run(0, 5.0), treadmill], rules, 6) == {"red": 5.0, "blue": 7.0, None: 0.0}


def test_walks_count_where_a_rule_names_them_and_the_runs_still_add_up() -> None:
    day = MONDAY + timedelta(days=9)
    walk = run(8, 6.0, sport="walking")
    with store.open_for_writing(Path(":memory:")) as db:
        # the second walk is the run again, as another device called it
        history(db, [run(6, 10.0), walk, run(6, 10.1, sport="walking", minutes=61.0)])
        writing.replace(db, "shoe", [asdict(RED)])
        writing.replace(db, "shoe_rule", [rule(1, "red")])
        measuring.measure(db, day)
        (without,) = reading.shoe_days(db, "ada", day, [RED])
        writing.replace(db, "shoe_rule", [rule(1, "red"), rule(2, "red", sport="walking")])
        measuring.measure(db, day)
        (with_walks,) = reading.shoe_days(db, "ada", day, [RED])
        ran = db.execute("select sum(distance_m), count(*) from run_shoe").fetchone()
    assert (without.distance_m, with_walks.distance_m) == (110_000.0, 116_000.0)
    assert without.runs == with_walks.runs == 1
    assert ran == (10_000.0, 1)


def test_a_pair_brought_back_keeps_its_break() -> None:
    away = {
        "athlete": "ada",
        "shoe": "red",
        "from_day": MONDAY + timedelta(days=7),
        "to_day": MONDAY + timedelta(days=13),
    }
    runs = [run(6, 1.0), run(7, 2.0), run(13, 4.0), run(14, 8.0)]
    assert shoe_km(runs, [rule(1, "red")], 14, breaks=[away]) == {"red": 9.0, "blue": 0.0, None: 6.0}


def test_each_run_says_which_word_put_it_there() -> None:
    ruled, exported, by_hand, none = run(6), run(7), run(8), run(0)
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, [ruled, exported, by_hand, none])
        writing.replace(db, "shoe", [asdict(RED), asdict(BLUE)])
        writing.replace(db, "shoe_rule", [rule(3, "red", first=5), rule(4, "blue", first=6, weekday=7)])
        told = [word(exported.id, "blue", by_hand=False), word(by_hand.id, "red")]
        writing.replace(db, "shoe_assignment", told)
        measuring.measure(db, MONDAY + timedelta(days=8))
        rows = db.execute("select activity_id, shoe, matched_by from run_shoe").fetchall()
    assert {r[0]: r[1:] for r in rows} == {
        ruled.id: ("blue", "rule 4"),
        exported.id: ("blue", "export"),
        by_hand.id: ("red", "hand"),
        none.id: (None, None),
    }


def test_the_share_of_a_new_pair_is_of_all_pairs_in_28_days() -> None:
    day = MONDAY + timedelta(days=28)
    with store.open_for_writing(Path(":memory:")) as db:
        # on the last day Monday's run is 28 days ago, one too many; blue was bought on day 5
        history(db, [run(0, 50.0), run(1, 30.0), run(20, 10.0)])
        writing.replace(db, "shoe", [asdict(RED), asdict(BLUE)])
        writing.replace(db, "shoe_rule", [rule(1, "red"), rule(2, "blue", first=5)])
        measuring.measure(db, day)
        shares = {s.shoe.id: s.share_28d for s in reading.shoe_days(db, "ada", day, [RED, BLUE])}
    assert shares == {"red": 0.75, "blue": 0.25}


def test_a_pair_that_is_retired_has_no_part_in_the_last_28_days() -> None:
    day = MONDAY + timedelta(days=9)
    old = replace(RED, retired_on=MONDAY + timedelta(days=6))
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, [run(0, 5.0), run(8, 10.0)])
        writing.replace(db, "shoe", [asdict(old), asdict(BLUE)])
        writing.replace(db, "shoe_rule", [rule(1, "red"), rule(2, "blue", first=7)])
        measuring.measure(db, day)
        red, blue = reading.shoe_days(db, "ada", day, [old, BLUE])
    assert (red.distance_m, red.distance_28d_m, red.share_28d) == (105_000.0, 0.0, 0.0)
    assert (blue.distance_28d_m, blue.share_28d) == (10_000.0, 10 / 15)


def test_a_pair_ages_and_keeps_its_distance_though_nobody_wears_it() -> None:
    old = replace(RED, id="old", retired_on=MONDAY + timedelta(days=50))
    day = MONDAY + timedelta(days=90)
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, [run(0, 5.0), run(4, 10.0), run(89, 20.0)])
        writing.replace(db, "shoe", [asdict(pair) for pair in (RED, BLUE, old)])
        rules = [rule(1, "red", last=0), rule(2, "old", first=1, last=4)]
        writing.replace(db, "shoe_rule", rules)
        measuring.measure(db, day)
        states = {s.shoe.id: s for s in reading.shoe_days(db, "ada", day, [RED, BLUE, old])}
        months_ago = reading.shoe_days(db, "ada", MONDAY + timedelta(days=27), [RED])
    told = {name: (s.distance_m, s.age_days, s.distance_28d_m, s.share_28d) for name, s in states.items()}
    assert told == {
        "red": (105_000.0, 90, 0.0, 0.0),
        "blue": (0.0, 85, 0.0, 0.0),  # bought on day 5, never worn
        "old": (110_000.0, 50, 0.0, 0.0),  # retired on day 50
    }
    assert [(s.age_days, s.distance_28d_m, s.share_28d) for s in months_ago] == [(27, 5_000.0, 5 / 15)]
