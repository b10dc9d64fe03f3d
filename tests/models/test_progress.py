"""Steps of an exercise: up after two good sessions, down when it hurts, stop above five, anew after a month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.training_log import CheckIn
from models.exercises import by_id
from models.progress import (
    DoneExercise,
    Felt,
    Progress,
    felt,
    has_earned,
    hurt_lately,
    must_rescreen,
    progress,
)

DAY = date(2026, 11, 15)
SQUAT = by_id()["mini_squat"]  # four steps


def session(
    days_ago: int, pain: int | None = 1, morning: int | None = 1, step: int = 1, name: str = "mini_squat"
) -> DoneExercise:
    return DoneExercise("ada", DAY - timedelta(days=days_ago), name, step, pain, morning)


@pytest.mark.parametrize(
    "pain, morning, expected",
    [
        (0, 0, Felt.GOOD),
        (2, 2, Felt.GOOD),
        (2, 1, Felt.GOOD),
        (1, 2, Felt.IRRITATED),  # worse the next morning
        (3, 3, Felt.IRRITATED),
        (5, 0, Felt.IRRITATED),
        (6, 0, Felt.PAINFUL),
        (0, 6, Felt.PAINFUL),
        (0, None, Felt.UNKNOWN),
        (None, 0, Felt.UNKNOWN),
        (None, None, Felt.UNKNOWN),
        (4, None, Felt.IRRITATED),
        (None, 3, Felt.IRRITATED),
    ],
)
def test_how_a_session_felt(pain: int | None, morning: int | None, expected: Felt) -> None:
    assert felt(session(0, pain, morning)) is expected


def test_two_good_sessions_earn_one_step_and_the_third_starts_counting_anew() -> None:
    assert progress(SQUAT, [], DAY) == Progress(1, 0)
    assert progress(SQUAT, [session(3)], DAY) == Progress(1, 1)
    assert progress(SQUAT, [session(5), session(3)], DAY) == Progress(2, 0)
    assert progress(SQUAT, [session(5), session(3), session(1, step=2)], DAY) == Progress(2, 1)


def test_a_session_at_a_lower_step_earns_nothing_and_a_higher_one_earns_a_single_step() -> None:
    assert progress(SQUAT, [session(9), session(7), session(5), session(3)], DAY).step == 2
    assert progress(SQUAT, [session(5, step=4), session(3, step=4)], DAY).step == 2


def test_what_was_not_told_earns_nothing_and_takes_nothing_away() -> None:
    assert progress(SQUAT, [session(5), session(4, 0, None), session(3)], DAY) == Progress(2, 0)
    assert progress(SQUAT, [session(n, 0, None) for n in range(1, 9)], DAY) == Progress()


def test_pain_of_three_to_five_takes_one_step_back_and_the_count_with_it() -> None:
    climbed = [session(9), session(7), session(5, step=2)]
    assert progress(SQUAT, climbed, DAY) == Progress(2, 1)
    assert progress(SQUAT, [*climbed, session(3, 4, 2, step=2)], DAY) == Progress(1, 0, Felt.IRRITATED)
    assert progress(SQUAT, [session(3, 3)], DAY).step == 1


def test_above_five_it_starts_anew() -> None:
    climbed = [session(13), session(12), session(9, step=2), session(7, step=2)]
    assert progress(SQUAT, climbed, DAY).step == 3
    assert progress(SQUAT, [*climbed, session(5, 6, step=3)], DAY) == Progress(1, 0, Felt.PAINFUL)


def test_the_last_step_is_the_last() -> None:
    often = [session(2 * n, step=4) for n in range(1, 14)]
    assert progress(SQUAT, often, DAY).step == 4


def test_after_four_weeks_without_it_begins_at_the_first_step() -> None:
    assert progress(SQUAT, [session(30), session(28)], DAY).step == 2
    assert progress(SQUAT, [session(31), session(29)], DAY) == Progress()
    assert progress(SQUAT, [session(60), session(58), session(20)], DAY) == Progress(1, 1)


def test_what_comes_later_is_not_looked_at() -> None:
    assert progress(SQUAT, [session(2), session(-1)], DAY) == Progress(1, 1)


def test_a_step_is_earned_once_it_went_well_and_until_it_goes_badly() -> None:
    lunge = by_id()["lunge_hold"].earned_by
    assert lunge is not None
    assert not has_earned(lunge, [session(3, step=3)], DAY)
    assert has_earned(lunge, [session(3, step=4)], DAY)
    assert not has_earned(lunge, [session(3, 1, None, step=4)], DAY)
    assert not has_earned(lunge, [session(3, step=4), session(1, 3, step=4)], DAY)
    assert not has_earned(lunge, [session(29, step=4)], DAY)


def test_too_much_pain_asks_for_a_word_about_the_knee_first() -> None:
    hurt = [session(3, 6)]
    assert must_rescreen(hurt, [], DAY)
    assert must_rescreen(hurt, [CheckIn("ada", DAY - timedelta(days=4), 1)], DAY)
    assert must_rescreen(hurt, [CheckIn("ada", DAY)], DAY)  # nothing was told
    assert not must_rescreen(hurt, [CheckIn("ada", DAY - timedelta(days=3), 1)], DAY)
    assert not must_rescreen([session(14, 6)], [], DAY)
    assert not must_rescreen([session(3, 5)], [], DAY)


def test_an_exercise_that_hurt_counts_as_pain_for_a_week() -> None:
    assert hurt_lately([session(6, 3)], DAY)
    assert not hurt_lately([session(7, 3)], DAY)
    assert not hurt_lately([session(1, 2)], DAY)


SESSIONS = st.lists(
    st.builds(
        session,
        st.integers(0, 40),
        st.none() | st.integers(0, 10),
        st.none() | st.integers(0, 10),
        st.integers(1, 4),
    ),
    max_size=12,
    unique_by=lambda s: s.day,
)


@given(SESSIONS)
def test_never_more_steps_than_half_of_the_good_sessions(done: list[DoneExercise]) -> None:
    good = sum(felt(d) is Felt.GOOD for d in done)
    assert 1 <= progress(SQUAT, done, DAY).step <= min(4, 1 + good // 2)


@given(SESSIONS, st.integers(0, 11), st.integers(1, 10))
def test_more_pain_never_means_a_higher_step(done: list[DoneExercise], which: int, more: int) -> None:
    from dataclasses import replace

    done = sorted(done, key=lambda d: d.day)
    if which < len(done) and done[which].pain is not None and done[which].pain_next_morning is not None:
        worse = list(done)
        worse[which] = replace(
            done[which],
            pain=min(10, done[which].pain + more),
            pain_next_morning=min(10, done[which].pain_next_morning + more),
        )
        assert progress(SQUAT, worse, DAY).step <= progress(SQUAT, done, DAY).step
