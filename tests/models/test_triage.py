"""Pain rules and red flags. Every combination of symptoms is in test_triage_exhaustive.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
from knee_weeks import SUNDAY, check_in, felt

from features import evidence
from features.ostrc import Ostrc
from features.training_log import CheckIn, Onset, Symptom
from models.red_flags import PATHWAYS
from models.triage import triage
from models.verdict import Level

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
    # worse in the hours after: it has not settled
    ((1, 2, 1), "irritated", Level.ELEVATED),
    ((0, 1, 0), "irritated", Level.ELEVATED),
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
    "symptom",
    [
        Symptom.SWELLING,
        Symptom.WARMTH,
        Symptom.REDNESS,
        Symptom.FEVER,
        Symptom.GIVING_WAY,
        Symptom.CANNOT_BEND_90,
    ],
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
    assert len(PATHWAYS) == evidence.value("red_flags")


OTTAWA_SIGNS = (Symptom.KNEECAP_TENDER, Symptom.FIBULA_TENDER, Symptom.CANNOT_BEND_90)


@pytest.mark.parametrize("sign", OTTAWA_SIGNS)
def test_an_ottawa_sign_counts_after_a_blow_and_never_with_gradual_pain(sign: Symptom) -> None:
    after = felt(check_in(sign, running=1, after_trauma=True))
    assert after.red_flags == ("ottawa_knee_rule",) and "ottawa_age_from" in after.evidence
    assert felt(check_in(sign, running=1, onset=Onset.GRADUAL)).red_flags == ()
    assert felt(check_in(sign, running=1, onset=Onset.SUDDEN)).red_flags == ()  # no word on a blow


@pytest.mark.parametrize("born, flagged", [(1970, True), (1971, True), (1972, False), (None, False)])
def test_the_ottawa_age_is_55_in_the_year_of_the_check_in(born: int | None, flagged: bool) -> None:
    # 2026 - 1971 = 55: who turns 55 this year is taken as 55.
    fell = check_in(running=3, after_trauma=True)
    assert bool(triage([fell], SUNDAY, born).red_flags) is flagged


def test_at_that_age_a_blow_that_left_nothing_behind_is_no_red_flag_and_gradual_pain_neither() -> None:
    unhurt = check_in(running=0, after_trauma=True)
    gradual = check_in(running=3, onset=Onset.GRADUAL)
    not_told = check_in(after_trauma=True)
    assert [bool(triage([c], SUNDAY, 1960).red_flags) for c in (unhurt, gradual, not_told)] == [
        False,
        False,
        True,
    ]


def answers(*scores: int, days_ago: int = 0) -> list[Ostrc]:
    return [Ostrc("ada", SUNDAY - timedelta(days=days_ago), *scores)]


@pytest.mark.parametrize(
    "told, substantial",
    [
        ((25, 0, 0, 0), True),
        ((8, 17, 0, 0), True),
        ((8, 0, 17, 8), True),
        ((17, 8, 8, 25), False),
        ((0, 0, 0, 0), False),
    ],
)
def test_a_substantial_problem_of_the_week_counts_as_irritated(
    told: tuple[int, ...], substantial: bool
) -> None:
    state = triage([], SUNDAY, questionnaires=answers(*told))
    assert (state.pain_state, state.floor) == (
        ("irritated", Level.ELEVATED) if substantial else ("none_reported", None)
    )
    assert ("ostrc_substantial_from" in state.evidence) is substantial


def test_the_questionnaire_speaks_of_seven_days_and_never_of_days_to_come() -> None:
    for days_ago, counts in ((6, True), (7, False), (-1, False)):
        state = triage([], SUNDAY, questionnaires=answers(25, 25, 25, 25, days_ago=days_ago))
        assert (state.pain_state == "irritated") is counts
