"""The ten exercises, and that a sore knee is never given the heavy ones."""

from __future__ import annotations

from itertools import product

import pytest
from knee_weeks import check_in, felt, knee_injury, runner, spiked, verdict, week

from features import evidence
from features.training_log import Athlete, CheckIn, DayFeatures, Symptom
from models.exercises import MENUS, choose, library

TEN_BY_LOAD = [
    "heel_slide",
    "quad_set",
    "straight_leg_raise",
    "stationary_bike",
    "terminal_knee_extension",
    "short_arc_quad",
    "seated_knee_extension",
    "mini_squat",
    "wall_sit",
    "lunge_hold",
]
HEAVY = {"wall_sit", "lunge_hold"}
FULL_GYM = ("band", "bike")


def chosen(features: DayFeatures, athlete: Athlete, *check_ins: CheckIn) -> list[str]:
    planned = choose(verdict(features, athlete, *check_ins), felt(*check_ins), athlete)
    return [p.exercise.id for p in planned]


def test_there_are_ten_in_order_of_load() -> None:
    assert [listed.exercise.id for listed in library()] == TEN_BY_LOAD
    assert [listed.exercise.load_rank for listed in library()] == list(range(1, 11))


def test_every_exercise_is_told_in_full_and_rests_on_evidence() -> None:
    for listed in library():
        exercise = listed.exercise
        for name in ("name", "how", "cue", "feel", "dose", "progression", "stop_rule"):
            assert getattr(exercise, name).strip()
        for name in exercise.evidence:
            evidence.entry(name)
        assert exercise.evidence


def test_every_menu_is_made_of_known_exercises() -> None:
    assert {exercise for menu in MENUS.values() for exercise in menu} <= set(TEN_BY_LOAD)


WEEKS: tuple[tuple[str, DayFeatures, Athlete, list[CheckIn], list[str]], ...] = (
    ("nothing hurts", week(), runner(), [], ["straight_leg_raise", "seated_knee_extension", "mini_squat", "wall_sit"]),
    (
        "nothing hurts, and a bike is at hand",
        week(),
        runner(equipment=FULL_GYM),
        [],
        ["straight_leg_raise", "stationary_bike", "seated_knee_extension", "mini_squat", "wall_sit"],
    ),
    (
        "a spike without pain",
        spiked(1.5),
        runner(),
        [],
        ["straight_leg_raise", "short_arc_quad", "mini_squat"],
    ),
    (
        "a knee injury this year",
        week(),
        runner(knee_injury(100), equipment=("band",)),
        [],
        ["straight_leg_raise", "terminal_knee_extension", "seated_knee_extension", "mini_squat"],
    ),
    (
        "a little pain",
        week(),
        runner(),
        [check_in(running=2)],
        ["quad_set", "straight_leg_raise", "seated_knee_extension"],
    ),
    ("a flare", week(), runner(equipment=FULL_GYM), [check_in(running=4)], ["heel_slide", "quad_set", "straight_leg_raise"]),
    ("a swollen knee", week(), runner(), [check_in(Symptom.SWELLING)], ["quad_set", "straight_leg_raise"]),
    ("too much pain", week(), runner(), [check_in(running=6)], []),
    ("a locked knee", week(), runner(), [check_in(Symptom.LOCKING)], []),
)  # fmt: skip


@pytest.mark.parametrize("story, features, athlete, told, expected", WEEKS, ids=[w[0] for w in WEEKS])
def test_the_choice_fits_the_week(
    story: str, features: DayFeatures, athlete: Athlete, told: list[CheckIn], expected: list[str]
) -> None:
    assert chosen(features, athlete, *told) == expected, story


def test_three_to_five_lightest_first_and_nothing_heavy_on_a_sore_knee() -> None:
    ways = product(
        (None, 0, 1, 2, 3, 4, 5), (0.9, 1.05, 1.5, 2.5), (None, 30, 500), ((), ("band",), FULL_GYM)
    )
    for pain, ratio, injured, equipment in ways:
        athlete = runner(*([knee_injury(injured)] if injured else []), equipment=equipment)
        picked = chosen(spiked(ratio), athlete, *([check_in(running=pain)] if pain is not None else []))
        assert 3 <= len(picked) <= 5
        assert picked == sorted(picked, key=TEN_BY_LOAD.index)
        if pain or ratio > 1.1 or injured == 30:
            assert not HEAVY & set(picked)
        if pain or injured == 30:
            assert "short_arc_quad" not in picked
        if not equipment:
            assert not {"terminal_knee_extension", "stationary_bike"} & set(picked)


def test_the_lunge_hold_waits_until_easier_steps_are_recorded() -> None:
    (lunge,) = [listed for listed in library() if listed.exercise.id == "lunge_hold"]
    assert "not_yet_earned" in lunge.not_when


def test_the_table_itself_keeps_the_heavy_ones_from_a_sore_knee() -> None:
    never = {listed.exercise.id: listed.not_when for listed in library()}
    for heavy in HEAVY:
        assert never[heavy] >= {"irritated", "any_pain", "raised_level", "recent_knee_injury"}
    assert never["short_arc_quad"] >= {"irritated", "any_pain", "recent_knee_injury"}
    assert "swollen" in never["heel_slide"]
