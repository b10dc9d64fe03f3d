"""The ten exercises as a table: ladders that climb, loads worked by hand, and what a sore knee is never given."""

from __future__ import annotations

from itertools import pairwise

import pytest

from features import evidence
from models.exercise_load import impulse_bw_s, session_m, session_s
from models.exercise_needs import LEADING_NEEDS, NEEDS, STATES
from models.exercises import Exercise, by_id, library

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


def test_there_are_ten_in_order_of_load() -> None:
    assert [exercise.id for exercise in library()] == TEN_BY_LOAD
    assert [exercise.load_rank for exercise in library()] == list(range(1, 11))


@pytest.mark.parametrize("exercise", library(), ids=lambda e: e.id)
def test_an_exercise_is_told_in_full_and_rests_on_evidence(exercise: Exercise) -> None:
    for name in ("name", "how", "cue", "feel", "stop_rule", "tier"):
        assert getattr(exercise, name).strip()
    assert exercise.load.note.endswith(".")
    names = [*exercise.evidence, *(name for step in exercise.steps for name in step.evidence)]
    for name in names:
        evidence.entry(name)
    assert exercise.evidence and all(step.evidence for step in exercise.steps)
    assert exercise.load.source is None or exercise.load.source in exercise.evidence
    assert exercise.wanted.keys() <= set(LEADING_NEEDS)
    assert exercise.serves <= set(NEEDS)
    assert exercise.not_when <= set(STATES)


@pytest.mark.parametrize("exercise", library(), ids=lambda e: e.id)
def test_no_step_asks_for_less_than_the_one_before(exercise: Exercise) -> None:
    assert len(exercise.steps) >= 3
    for lower, higher in pairwise(exercise.steps):
        assert lower != higher
        assert (session_m(exercise, higher) or 0) >= (session_m(exercise, lower) or 0)
        assert session_s(exercise, higher) >= session_s(exercise, lower)
        assert (higher.range_deg or (0, 0))[1] >= (lower.range_deg or (0, 0))[1]


@pytest.mark.parametrize("need", LEADING_NEEDS)
def test_every_need_ranks_its_exercises_without_a_tie(need: str) -> None:
    ranks = [exercise.wanted[need] for exercise in library() if need in exercise.wanted]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert len(ranks) >= 3


@pytest.mark.parametrize(
    "name, step, body_weight_seconds, metres",
    [
        # 30 squats × 1.9 body-weight seconds; × 3.92 m
        ("mini_squat", 2, 57.0, 223.44),
        # 30 raises × 0.5 body weights × (1 s held + half of 4 s moving)
        ("straight_leg_raise", 2, 45.0, 176.4),
        # 30 lifts × 1.4 × (5 s + 2 s)
        ("seated_knee_extension", 3, 294.0, 1152.48),
        # 15 holds of 10 s × 4.3, the upper bound of the evidence: about 650 and 2.6 km
        ("wall_sit", 3, 645.0, 2528.4),
        # 3 holds of 10 s × 5.1
        ("lunge_hold", 1, 153.0, 599.76),
    ],
)
def test_loads_are_those_worked_out_by_hand(
    name: str, step: int, body_weight_seconds: float, metres: float
) -> None:
    exercise = by_id()[name]
    dose = exercise.steps[step - 1]
    assert impulse_bw_s(exercise, dose) == pytest.approx(body_weight_seconds)
    assert session_m(exercise, dose) == pytest.approx(metres)


def test_the_conversion_is_the_one_of_the_evidence() -> None:
    # three sets of ten lunges: 30 × 5.2 = 156 body-weight seconds, 312 steps of 0.5, 0.6 to 0.7 km
    assert 600 < 156 * evidence.value("exercise_metres_per_bw_s") < 700
    assert evidence.value("exercise_metres_per_bw_s") == round(round(2 * 2.78 * 60 / 170, 2) / 0.5, 2)


def test_an_unknown_load_stays_unknown() -> None:
    for name in ("heel_slide", "quad_set", "stationary_bike"):
        exercise = by_id()[name]
        assert {session_m(exercise, step) for step in exercise.steps} == {None}


def test_a_session_takes_both_legs_and_the_rests() -> None:
    # 2 sets of 10 on each leg, 1 s held and 4 s moving, half a minute between
    raises = by_id()["straight_leg_raise"]
    assert session_s(raises, raises.steps[0]) == 20 * 5 * 2 + 30
    bike = by_id()["stationary_bike"]
    assert session_s(bike, bike.steps[0]) == 300


def test_the_table_itself_keeps_the_heavy_ones_from_a_sore_knee() -> None:
    for heavy in HEAVY:
        assert by_id()[heavy].not_when >= {"irritated", "any_pain", "raised_level", "recent_knee_injury"}
    assert by_id()["short_arc_quad"].not_when >= {"irritated", "any_pain", "gradual", "recent_knee_injury"}
    assert "swollen" in by_id()["heel_slide"].not_when
    swap = by_id()["seated_knee_extension"]
    assert "gradual" in swap.serves and {step.range_deg for step in swap.steps} == {(45, 90)}


def test_the_lunge_hold_waits_for_mini_squats_to_sixty_degrees() -> None:
    earned = by_id()["lunge_hold"].earned_by
    assert earned is not None and earned.exercise == "mini_squat"
    assert by_id()["mini_squat"].steps[earned.step - 1].range_deg == (0, 60)
