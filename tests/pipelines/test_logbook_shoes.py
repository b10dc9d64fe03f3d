"""Pairs, rules and single runs in the logbook: what is said last counts, and nothing said is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from told_home import tell_once

from features.training_log import Athlete, Shoe
from pipelines.errors import KneewiseError
from pipelines.logbook import efforts, shoe_rules, shoe_wear, shoes
from pipelines.logbook.store import Logbook, open_logbook
from reports.alerts import Notice

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def logbook(logbook_place: Path | str) -> Iterator[Logbook]:
    with open_logbook(logbook_place) as opened:
        opened.add_athlete(Athlete("ada", "Ada"))
        for name in ("red", "blue"):
            shoes.add_shoe(opened, Shoe(name, "ada", name.title(), MAY))
        yield opened


def assigned(logbook: Logbook) -> dict[tuple[object, object], dict[object, object]]:
    """(recording, by hand) → pair → share."""
    found: dict[tuple[object, object], dict[object, object]] = {}
    for row in logbook.everything_told()["shoe_assignment"]:
        found.setdefault((row["activity"], row["by_hand"]), {})[row["shoe"]] = row["share"]
    return found


def test_a_pair_is_changed_under_its_id(logbook: Logbook) -> None:
    red = shoes.shoe(logbook, "ada", "red")
    changed = replace(red, name="Old red", bought_on=JUNE, initial_distance_m=5.0, limit_m=7.0, limit_days=9)
    shoes.change_shoe(logbook, changed)
    assert shoes.shoe(logbook, "ada", "red") == changed
    assert shoes.shoe(logbook, "ada", "blue").name == "Blue"


def test_a_pair_brought_back_has_been_out_of_use_in_between(logbook: Logbook) -> None:
    shoes.retire_shoe(logbook, "ada", "red", MAY)
    shoes.bring_back(logbook, shoes.shoe(logbook, "ada", "red"), JULY)
    assert shoes.shoe(logbook, "ada", "red").retired_on is None
    (break_,) = logbook.everything_told()["shoe_break"]
    assert (break_["from_day"], break_["to_day"]) == (date(2026, 5, 2), date(2026, 6, 30))
    with pytest.raises(KneewiseError, match="'Red' is not retired"):
        shoes.bring_back(logbook, shoes.shoe(logbook, "ada", "red"), JULY)


def test_a_retirement_taken_back_whole_leaves_no_break(logbook: Logbook) -> None:
    shoes.retire_shoe(logbook, "ada", "red", MAY)
    shoes.bring_back(logbook, shoes.shoe(logbook, "ada", "red"), date(2026, 5, 2))
    assert logbook.everything_told()["shoe_break"] == []


def test_rules_keep_their_order_and_end_on_a_day(logbook: Logbook) -> None:
    shoe_rules.add_rule(logbook, shoe_rules.ShoeRule("ada", "red", MAY))
    long = shoe_rules.ShoeRule("ada", "blue", MAY, surface="natural", min_distance_m=15_000.0)
    shoe_rules.add_rule(logbook, long)
    assert shoe_rules.rules(logbook, "ada")[1] == replace(long, id=2)
    shoe_rules.end_rule(logbook, "ada", 2, JULY)
    shoe_rules.end_rule(logbook, "ada", 2, JUNE)  # earlier than was said before
    assert [rule.to_day for rule in shoe_rules.rules(logbook, "ada")] == [None, JUNE]
    with pytest.raises(KneewiseError, match="rule 2 ended on 2026-06-01 already"):
        shoe_rules.end_rule(logbook, "ada", 2, JULY)
    with pytest.raises(KneewiseError, match="ada has no rule 3"):
        shoe_rules.end_rule(logbook, "ada", 3, JULY)


def test_a_run_is_split_in_shares_that_sum_to_one(logbook: Logbook) -> None:
    shoe_wear.assign(logbook, "ada", ["run"], {"red": 0.33, "blue": 0.33, "": 0.33})
    assert sum(assigned(logbook)["run", True].values()) == pytest.approx(1)  # type: ignore[arg-type]
    for wrong in ({"red": 0.6, "blue": 0.6}, {"red": 0.5}, {"red": 1.5, "blue": -0.5}, {}):
        with pytest.raises(KneewiseError, match="sum to 1"):
            shoe_wear.assign(logbook, "ada", ["run"], wrong)
    assert set(assigned(logbook)["run", True]) == {"red", "blue", ""}


def test_the_exports_word_is_kept_beneath_the_athletes(logbook: Logbook) -> None:
    shoe_wear.take_over(logbook, "ada", [("run", "Red")], {"run": JUNE})
    shoe_wear.assign(logbook, "ada", ["run"], {"blue": 1.0})
    shoe_wear.take_over(logbook, "ada", [("run", "Green Trail")], {"run": JUNE})  # the account was corrected
    assert assigned(logbook) == {("run", False): {"green-trail": 1.0}, ("run", True): {"blue": 1.0}}
    shoe_wear.unassign(logbook, "ada", ["run"])
    assert assigned(logbook) == {("run", False): {"green-trail": 1.0}}
    assert shoes.shoe(logbook, "ada", "Green Trail").bought_on == JUNE


def test_an_export_read_again_changes_nothing(logbook: Logbook) -> None:
    def read() -> None:
        shoe_wear.take_over(logbook, "ada", [("b", "Red"), ("a", "Blue")], {"a": JUNE, "b": JUNE})
        efforts.take_over(logbook, "ada", [("b", 3.0), ("a", 7.0)])

    read()
    told = logbook.everything_told()
    read()
    assert logbook.everything_told() == told


def test_an_effort_told_by_hand_stands_beside_the_exports(logbook: Logbook) -> None:
    efforts.take_over(logbook, "ada", [("run", 6.0)])
    efforts.tell(logbook, "ada", ["run"], 3.0, 8.0)
    efforts.tell(logbook, "ada", ["run"], 4.0, None)  # a recovery not told again stays
    rows = logbook.everything_told()["recording_effort"]
    assert [(r["by_hand"], r["rpe"], r["recovery"]) for r in rows] == [(False, 6.0, None), (True, 4.0, 8.0)]


def a_notice(stage: str, *covers: str) -> Notice:
    return Notice("ada", "shoe", "red", stage, JULY, f"Check the red pair: {stage}.", covers)


def test_a_stage_that_lapsed_is_told_again_and_one_that_stands_is_not(logbook: Logbook) -> None:
    warn, due = a_notice("warn", "warn"), a_notice("due", "warn", "due")
    tell_once(logbook, [due])
    logbook.lapse("ada", "shoe", "red", ["warn"])  # the limit was raised: at 85 % of it now
    assert tell_once(logbook, [warn]) == ()
    assert tell_once(logbook, [due]) == (due,)
    assert tell_once(logbook, [due]) == ()
    assert [notice.stage for notice, _ in logbook.notices()] == ["due", "due"]


def test_each_pair_lapses_alone(logbook: Logbook) -> None:
    red, blue = a_notice("due", "warn", "due"), replace(a_notice("due", "warn", "due"), subject="blue")
    tell_once(logbook, [red, blue])
    logbook.lapse("ada", "shoe", "red", [])
    assert tell_once(logbook, [red, blue]) == (red,)
