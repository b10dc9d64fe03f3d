"""Pain rules and red flags, over every combination of symptoms."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from knee_weeks import SUNDAY, check_in, felt, runner, verdict, week

from features import evidence
from features.training_log import CheckIn, Onset, Symptom
from models.exercises import choose
from models.triage import RED_FLAGS, triage
from models.verdict import Level

ALWAYS_RED = {
    Symptom.RAPID_SWELLING,
    Symptom.LOCKING,
    Symptom.NIGHT_PAIN,
    Symptom.WEIGHT_LOSS,
    Symptom.LUMP,
    Symptom.DEFORMITY,
    Symptom.NUMBNESS,
    Symptom.CALF_SWELLING,
    Symptom.TENDON_SNAP,
}


def every_set_of_symptoms() -> Iterator[frozenset[Symptom]]:
    symptoms = tuple(Symptom)
    for bits in range(1 << len(symptoms)):
        yield frozenset(s for n, s in enumerate(symptoms) if bits >> n & 1)


def singles_and_pairs() -> Iterator[frozenset[Symptom]]:
    for size in (0, 1, 2):
        yield from (frozenset(chosen) for chosen in combinations(Symptom, size))


def expect_red(c: CheckIn) -> bool:
    """The referral pathways' list, written down a second time and differently."""
    s = c.symptoms
    sudden, trauma = c.onset is Onset.SUDDEN, c.after_trauma
    swollen = bool(s & {Symptom.SWELLING, Symptom.RAPID_SWELLING})
    joint = swollen or bool(s & {Symptom.WARMTH, Symptom.REDNESS})
    hurts = c.worst_pain not in (None, 0)
    return any(
        (
            c.can_bear_weight is False,
            bool(s & ALWAYS_RED),
            Symptom.SWELLING in s and (sudden or trauma is True),
            Symptom.FEVER in s and (joint or hurts),
            {Symptom.SWELLING, Symptom.WARMTH, Symptom.REDNESS} <= s,
            Symptom.GIVING_WAY in s and (trauma is True or (trauma is None and sudden)),
        )
    )


def test_no_set_of_symptoms_with_a_red_flag_allows_exercises() -> None:
    for symptoms in every_set_of_symptoms():
        told = CheckIn("ada", SUNDAY, symptoms=symptoms)
        state = triage([told], SUNDAY)
        red = expect_red(told)
        assert bool(state.red_flags) is red, sorted(symptoms)
        assert state.exercises_allowed is not red, sorted(symptoms)
        assert (state.floor is Level.HIGH) is red, sorted(symptoms)


def test_no_way_of_telling_a_red_flag_yields_an_exercise() -> None:
    features, athlete = week(), runner(equipment=("band", "bike"))
    ways = product(
        singles_and_pairs(), (None, True, False), (None, True, False), (None, *Onset), (None, 0, 1, 4, 6)
    )
    for symptoms, weight, trauma, onset, pain in ways:
        told = CheckIn(
            "ada",
            SUNDAY,
            pain_running=pain,
            symptoms=symptoms,
            can_bear_weight=weight,
            after_trauma=trauma,
            onset=onset,
        )
        state = triage([told], SUNDAY)
        assert bool(state.red_flags) is expect_red(told), told
        if state.red_flags:
            assert (state.pain_state, state.floor) == ("red_flag", Level.HIGH)
            assert choose(verdict(features, athlete, told), state, athlete) == ()


PAIN = (
    ((None, None, None), "none_reported", None),
    ((0, 0, 0), "calm", None),
    ((1, 0, 0), "calm", Level.GUARDED),
    ((2, 2, 2), "calm", Level.GUARDED),
    ((3, 1, 0), "irritated", Level.ELEVATED),
    ((1, 3, 1), "irritated", Level.ELEVATED),
    ((5, 5, 5), "irritated", Level.ELEVATED),
    ((6, 2, 1), "painful", Level.HIGH),
    ((2, 2, 6), "painful", Level.HIGH),
    # worse next morning than while running, although both are small
    ((0, 0, 1), "irritated", Level.ELEVATED),
    ((1, 1, 2), "irritated", Level.ELEVATED),
    # how it was while running is not known, so nothing got worse that we know of
    ((None, None, 2), "calm", Level.GUARDED),
)


@pytest.mark.parametrize("pain, state, floor", PAIN)
def test_pain_sets_the_state_and_the_floor(
    pain: tuple[int | None, int | None, int | None], state: str, floor: Level | None
) -> None:
    running, after, morning = pain
    told = felt(CheckIn("ada", SUNDAY, pain_running=running, pain_after=after, pain_next_morning=morning))
    assert (told.pain_state, told.floor) == (state, floor)
    assert told.exercises_allowed is (state != "painful")


@pytest.mark.parametrize(
    "symptom", [Symptom.SWELLING, Symptom.WARMTH, Symptom.REDNESS, Symptom.FEVER, Symptom.GIVING_WAY]
)
def test_a_watch_sign_without_pain_counts_as_irritated(symptom: Symptom) -> None:
    told = felt(check_in(symptom, running=0, after_trauma=False))
    assert (told.pain_state, told.floor) == ("irritated", Level.ELEVATED)
    assert "watch_signs" in told.evidence


@pytest.mark.parametrize("symptom", [Symptom.STIFFNESS, Symptom.CLICKING])
def test_stiffness_and_clicking_alone_change_nothing(symptom: Symptom) -> None:
    assert felt(check_in(symptom, running=0)).floor is None


def test_the_worst_of_seven_days_counts_and_the_eighth_does_not() -> None:
    assert felt(check_in(running=6, days_ago=6), check_in(running=0)).pain_state == "painful"
    assert felt(check_in(running=6, days_ago=7), check_in(running=0)).pain_state == "calm"


def test_a_red_flag_stands_for_fourteen_days_whatever_comes_after() -> None:
    assert felt(check_in(Symptom.LOCKING, days_ago=13), check_in(running=0)).red_flags == ("locking",)
    assert felt(check_in(Symptom.LOCKING, days_ago=14), check_in(running=0)).red_flags == ()


def test_what_is_told_after_the_day_is_not_used() -> None:
    assert felt(check_in(Symptom.LOCKING, days_ago=-1)).check_ins == 0


def test_silence_is_not_reassurance() -> None:
    told = felt()
    assert (told.pain_state, told.worst_pain, told.floor, told.check_ins) == ("none_reported", None, None, 0)


def test_red_flags_are_as_many_as_the_evidence_says() -> None:
    assert len(RED_FLAGS) == evidence.value("red_flags")
