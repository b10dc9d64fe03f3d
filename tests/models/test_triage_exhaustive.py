"""Every combination of symptoms, onset, weight bearing, fall, pain and age: 2 to the power of 21 times 360.

The rules are read on whole words at once: each bit of an array is one set of symptoms. What they should
say is written down a second time here, set by set, as the referral pathways and the Ottawa rule put it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import combinations, product

import numpy as np
import pytest
from knee_weeks import SUNDAY, runner, week
from numpy.typing import NDArray

from features.training_log import CheckIn, Onset, Symptom
from models.advice import plan
from models.exercise_choice import Practice
from models.progress import DoneExercise
from models.red_flags import RED_FLAGS, Told, told_by
from models.triage import WATCH_SIGNS, triage
from models.verdict import Level, Triage
from reports import sentences

SYMPTOMS = tuple(Symptom)
SETS = 1 << len(SYMPTOMS)
ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
Bits = NDArray[np.uint64]

ALWAYS_RED = {
    Symptom.RAPID_SWELLING,
    Symptom.LOCKING,
    Symptom.NIGHT_PAIN,
    Symptom.CONSTANT_PAIN,
    Symptom.WEIGHT_LOSS,
    Symptom.LUMP,
    Symptom.DEFORMITY,
    Symptom.NUMBNESS,
    Symptom.CALF_SWELLING,
    Symptom.TENDON_SNAP,
}
SURE = (None, True, False)
ONSETS = (None, *Onset)
PAINS = (None, 0, 2, 4, 6)
BORN = (None, 1960, 2000)
CONTEXTS = tuple(product(ONSETS, SURE, SURE, PAINS, BORN))


def expect_red(c: CheckIn, born: int | None) -> bool:
    """The lists of the pathways and of the Ottawa rule, written down differently."""
    s = c.symptoms
    sudden, trauma = c.onset is Onset.SUDDEN, c.after_trauma
    joint = s & {Symptom.SWELLING, Symptom.RAPID_SWELLING, Symptom.WARMTH, Symptom.REDNESS}
    unhurt = c.worst_pain == 0 and not s
    tender = s & {Symptom.KNEECAP_TENDER, Symptom.FIBULA_TENDER, Symptom.CANNOT_BEND_90}
    aged = born is not None and SUNDAY.year - born >= 55
    return any(
        (
            c.can_bear_weight is False,
            s & ALWAYS_RED,
            Symptom.SWELLING in s and (sudden or trauma is True),
            Symptom.FEVER in s and (joint or c.worst_pain not in (None, 0)),
            Symptom.UNWELL in s and joint,
            s >= {Symptom.WARMTH, Symptom.REDNESS},
            Symptom.GIVING_WAY in s and (trauma is True or (trauma is None and sudden)),
            trauma is True and (tender or (aged and not unhurt)),
        )
    )


@cache
def ticked() -> dict[Symptom, Bits]:
    """Per symptom one bit for each of all sets: bit i of the row stands for set i."""
    sets = np.arange(SETS, dtype=np.uint32)
    return {s: np.packbits((sets >> n & 1).astype(bool)).view(np.uint64) for n, s in enumerate(SYMPTOMS)}


def told_in(context: tuple[Onset | None, bool | None, bool | None, int | None, int | None]) -> Told[Bits]:
    """All sets of symptoms in one context; but for the symptoms taken from the very function in use."""
    one = told_by(check_in_of(frozenset(), context), context[-1])

    def everywhere(holds: bool) -> Bits:
        return np.full(SETS // 64, ALL if holds else 0, dtype=np.uint64)

    return Told(
        ticked=ticked(),
        no_weight=everywhere(one.no_weight),
        after_blow=everywhere(one.after_blow),
        sudden_or_blow=everywhere(one.sudden_or_blow),
        blow_likely=everywhere(one.blow_likely),
        hurts=everywhere(one.hurts),
        may_hurt=everywhere(one.may_hurt) | np.bitwise_or.reduce(list(ticked().values())),
        of_ottawa_age=everywhere(one.of_ottawa_age),
    )


def check_in_of(
    symptoms: frozenset[Symptom],
    context: tuple[Onset | None, bool | None, bool | None, int | None, int | None],
) -> CheckIn:
    onset, weight, trauma, pain, _ = context
    return CheckIn(
        "ada",
        SUNDAY,
        pain_running=pain,
        onset=onset,
        symptoms=symptoms,
        can_bear_weight=weight,
        after_trauma=trauma,
    )


def holds(any_flag: Bits, number: int) -> bool:
    """Whether a flag holds in set ``number``; packbits puts the first of eight into the highest bit."""
    return bool(any_flag.view(np.uint8)[number // 8] >> (7 - number % 8) & 1)


def flagged(context: tuple[Onset | None, bool | None, bool | None, int | None, int | None]) -> Bits:
    told = told_in(context)
    return np.bitwise_or.reduce([rule(told) for _, rule in RED_FLAGS])


def expected(context: tuple[Onset | None, bool | None, bool | None, int | None, int | None]) -> Bits:
    """``expect_red`` in every set: the sets of one or two symptoms that are red for a second opinion, and
    all sets above them. No rule of the lists needs three symptoms at once."""
    red = np.zeros(SETS // 64, dtype=np.uint64)
    for size in (0, 1, 2):
        for chosen in combinations(SYMPTOMS, size):
            if expect_red(check_in_of(frozenset(chosen), context), context[-1]):
                red |= np.bitwise_and.reduce([np.full_like(red, ALL), *(ticked()[s] for s in chosen)])
    return red


def some_sets() -> Iterator[frozenset[Symptom]]:
    """All sets up to two symptoms, and a thousand of any size."""
    for size in (0, 1, 2):
        yield from (frozenset(chosen) for chosen in combinations(SYMPTOMS, size))
    draw = random.Random(6)
    for _ in range(1000):
        yield frozenset(s for s in SYMPTOMS if draw.random() < 0.3)


@cache
def results() -> tuple[tuple[frozenset[Symptom], tuple[object, ...], Triage], ...]:
    """What triage itself says in every context of a tenth of the contexts for each of some sets."""
    draw = random.Random(7)
    return tuple(
        (symptoms, context, triage([check_in_of(symptoms, context)], SUNDAY, context[-1]))
        for symptoms in some_sets()
        for context in draw.sample(CONTEXTS, 30)
    )


def test_every_set_of_symptoms_in_every_context_is_red_exactly_where_the_lists_say() -> None:
    for context in CONTEXTS:
        assert np.array_equal(flagged(context), expected(context)), context


def test_telling_one_more_symptom_never_takes_a_red_flag_away() -> None:
    for context in CONTEXTS:
        red = np.unpackbits(flagged(context).view(np.uint8))
        for n in range(len(SYMPTOMS)):
            without, with_it = red.reshape(-1, 2, 1 << n).transpose(1, 0, 2)
            assert not (without & ~with_it & 1).any(), (SYMPTOMS[n], context)


def test_triage_of_a_check_in_is_what_the_rules_say_of_its_set() -> None:
    number = {s: 1 << n for n, s in enumerate(SYMPTOMS)}
    red = {context: flagged(context) for context in CONTEXTS}
    for symptoms, context, state in results():
        told = holds(red[context], sum(number[s] for s in symptoms))  # type: ignore[index]
        assert bool(state.red_flags) is told
        assert told is expect_red(check_in_of(symptoms, context), context[-1])  # type: ignore[arg-type]


def test_telling_one_more_symptom_never_lowers_the_floor() -> None:
    order = (None, *list(Level)[:4])  # low to high
    for symptoms, context, state in results():
        for more in set(SYMPTOMS) - symptoms:
            fuller = triage([check_in_of(symptoms | {more}, context)], SUNDAY, context[-1])  # type: ignore[arg-type]
            assert order.index(fuller.floor) >= order.index(state.floor), (symptoms, more, context)


def test_no_red_flag_yields_an_exercise_or_a_length_and_every_result_has_words() -> None:
    features, athlete = week(), runner(equipment=("band", "bike"))
    good = [DoneExercise("ada", SUNDAY - timedelta(days=n), "mini_squat", 4, 0, 0) for n in (1, 3, 5, 7)]
    practice = Practice(done=tuple(good))  # however well the exercises went
    distinct = {state: context for _, context, state in results()}
    assert {"none_reported", "calm", "irritated", "painful", "red_flag"} == {s.pain_state for s in distinct}
    for state in distinct:
        assert sentences.PAIN_STATES[state.pain_state]
        made = plan(verdict_with(features, athlete, state), state, athlete, features, None, (), practice)
        if state.red_flags:
            assert state.floor is Level.HIGH
            assert (made.longest_run_m, made.descent_m, made.knee_equivalent_m) == (None, None, None)
            assert (made.exercises.chosen, made.exercises.days, made.exercises.ledger) == ((), (), None)
            assert {out.because for out in made.exercises.left_out} == {"knee_first"}
            assert [change.code for change in made.changes] == ["see_clinician", "pause_running"]
            assert made.see_clinician
            assert sentences.red_flag_opening(state.red_flags).startswith("Please ")
            assert all(sentences.RED_FLAGS[code][0].endswith(".") for code in state.red_flags)
        if state.pain_state == "irritated":
            assert any(name in sentences.IRRITATED_BY for name in state.evidence)


def verdict_with(features: object, athlete: object, state: Triage) -> object:
    from models.risk import assess

    return assess(features, athlete, state)  # type: ignore[arg-type]


@pytest.mark.parametrize("symptom", sorted(WATCH_SIGNS))
def test_a_watch_sign_is_red_in_some_context_and_not_in_every_one(symptom: Symptom) -> None:
    n = SYMPTOMS.index(symptom)
    assert {holds(flagged(context), 1 << n) for context in CONTEXTS} == {True, False}
