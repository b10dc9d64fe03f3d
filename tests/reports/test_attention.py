"""Whom a coach calls first: each reason by itself, and all of them in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from features.training_log import Shoe, ShoeDay
from models.verdict import Level, Reason
from reports import attention_words, sentences
from reports.attention import (
    CODES,
    Pain,
    PlanKept,
    Standing,
    codes,
    in_order,
    is_changed,
    needs_a_word,
    steps_risen,
)
from reports.wording import Measure

TODAY = date(2026, 11, 22)
CALM = Standing(
    "ada", "Ada", TODAY, Level.LOW, Level.LOW, days_since_run=1, pain=Pain((), 0, 0, 2), plan=PlanKept(3, 4)
)


def pair(km: float) -> ShoeDay:
    shoe = Shoe("red", "ada", "Red", TODAY - timedelta(days=90))
    return ShoeDay(shoe, TODAY, km * 1000, 90, 40, 100_000.0)


EACH: dict[str, Standing] = {
    "red_flag": replace(CALM, pain=Pain(("locking",), None, None, 1)),
    "level_rose": replace(CALM, level=Level.GUARDED),
    "high": replace(CALM, level=Level.HIGH, level_before=Level.HIGH),
    "new_pain": replace(CALM, pain=Pain((), 1, None, 1)),
    "more_pain": replace(CALM, pain=Pain((), 4, 2, 3)),
    "stopped": replace(CALM, level=Level.UNKNOWN, level_before=Level.LOW, days_since_run=7),
    "elevated": replace(CALM, level=Level.ELEVATED, level_before=Level.ELEVATED),
    "plan_behind": replace(CALM, plan=PlanKept(1, 4)),
    "shoes_due": replace(CALM, shoes=(pair(600),)),
}


@pytest.mark.parametrize("code", CODES)
def test_each_reason_is_seen_by_itself(code: str) -> None:
    assert codes(EACH[code]) == (code,)


@pytest.mark.parametrize("code", CODES)
def test_each_reason_is_told_in_a_short_line(code: str) -> None:
    told = attention_words.line(code, EACH[code], Measure())
    assert told.endswith(".")
    assert len(told) < 90
    assert "your" not in told.lower()  # the reader is the coach


def test_a_coach_has_words_for_every_red_flag() -> None:
    assert set(attention_words.RED_FLAGS) == set(sentences.RED_FLAGS)


def test_what_a_level_rests_on_is_told_about_a_third_person() -> None:
    def words(code: str, observed: float, reference: float | None, unit: str) -> str:
        return attention_words.cause(Reason(code, observed, reference, unit, 0.3, "moderate", ()), Measure())

    assert words("session_spike", 21_300, 14_200, "m") == (
        "One run of 21.3 km, 1.5 × the longest of the 30 days before"
    )
    assert words("descent_novelty", 640, 0, "m") == "640 m down in one run, with none on record before"
    assert words("return_after_gap", 34, 30, "d") == "Ran again after 34 days without a run"
    assert words("previous_knee_injury", 0, 365, "d") == "A knee injury that has not ended"
    assert words("session_spike", 1.5, 1, "ratio") == "One run 1.5 × as long as any of the 30 days before"


def test_nothing_to_do_is_no_reason() -> None:
    assert codes(CALM) == ()
    assert not needs_a_word(CALM)
    assert not is_changed(CALM)


def test_the_most_pressing_reason_comes_first() -> None:
    mixed = [EACH[code] for code in (*CODES[::2], *CODES[1::2])]
    assert in_order([CALM, *mixed]) == (*(EACH[code] for code in CODES), CALM)


def test_a_greater_rise_is_called_before_a_smaller_one_and_then_by_name() -> None:
    two_up = replace(CALM, name="Zoe", level=Level.ELEVATED)
    one_up = replace(CALM, name="Bea", level=Level.GUARDED)
    same_up = replace(CALM, name="amy", level=Level.GUARDED)
    assert in_order([one_up, two_up, same_up]) == (two_up, same_up, one_up)


def test_plan_and_shoes_are_worth_a_look_but_no_call() -> None:
    assert [code for code in CODES if not needs_a_word(EACH[code])] == ["plan_behind", "shoes_due"]


@pytest.mark.parametrize(("days", "stopped"), [(None, False), (6, False), (7, True), (29, True), (30, False)])
def test_stopped_begins_after_a_week_and_ends_where_a_break_begins(days: int | None, stopped: bool) -> None:
    silent = replace(CALM, level=Level.UNKNOWN, level_before=Level.UNKNOWN, days_since_run=days)
    assert (codes(silent) == ("stopped",)) is stopped


def test_an_unknown_level_neither_rises_nor_falls() -> None:
    assert steps_risen(replace(CALM, level=Level.UNKNOWN)) == 0
    assert steps_risen(replace(CALM, level=Level.HIGH, level_before=Level.UNKNOWN)) == 0
    assert is_changed(replace(CALM, level=Level.UNKNOWN))


def test_a_level_that_fell_has_changed_and_needs_nobody() -> None:
    calmer = replace(CALM, level_before=Level.HIGH)
    assert is_changed(calmer)
    assert codes(calmer) == ()


def test_pain_that_eases_or_stays_is_no_news() -> None:
    for before in (3, 5):
        assert codes(replace(CALM, pain=Pain((), 3, before, 2))) == ()


def test_what_is_not_shared_is_no_reason() -> None:
    nothing = Standing("bo", "Bo")
    assert codes(nothing) == ()
    assert codes(replace(CALM, pain=None)) == ()


def test_every_step_up_the_scale_is_a_rise() -> None:
    for lower, higher in pairwise([Level.LOW, Level.GUARDED, Level.ELEVATED, Level.HIGH]):
        assert steps_risen(replace(CALM, level=higher, level_before=lower)) == 1
        assert steps_risen(replace(CALM, level=lower, level_before=higher)) == -1


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (Level.ELEVATED, "Still elevated."),
        (Level.HIGH, "Elevated, down from high."),
        (Level.UNKNOWN, "Elevated; a week ago there was no level."),
        (None, "Elevated; a week ago there was no level."),
    ],
)
def test_a_level_that_did_not_rise_is_told_beside_the_week_before(before: Level | None, told: str) -> None:
    standing = replace(CALM, level=Level.ELEVATED, level_before=before)
    assert attention_words.line("elevated", standing, Measure()) == told
