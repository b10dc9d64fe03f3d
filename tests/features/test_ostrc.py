"""OSTRC-O2 as its authors score it: sum of four answers; substantial by any of three rules."""

from __future__ import annotations

from datetime import date

import pytest

from features.ostrc import Ostrc


def told(*answers: int) -> Ostrc:
    return Ostrc("ada", date(2026, 11, 15), *answers)


@pytest.mark.parametrize(
    ("answers", "severity", "problem", "substantial"),
    [
        ((0, 0, 0, 0), 0, False, False),
        ((8, 0, 0, 8), 16, True, False),
        ((17, 8, 8, 25), 58, True, False),
        ((8, 17, 0, 8), 33, True, True),
        ((8, 0, 17, 8), 33, True, True),
        ((25, 0, 0, 0), 25, True, True),
        ((25, 25, 25, 25), 100, True, True),
    ],
)
def test_the_score(answers: tuple[int, ...], severity: int, problem: bool, substantial: bool) -> None:
    week = told(*answers)
    assert (week.severity, week.is_problem, week.is_substantial) == (severity, problem, substantial)


def test_an_answer_that_is_not_on_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="one of 0, 8, 17, 25, got 13"):
        told(0, 13, 0, 0)
