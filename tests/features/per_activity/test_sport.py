"""A sport that the file does not tell: a runner's pace is taken for a run, and flagged."""

from __future__ import annotations

import pytest

from features.per_activity.sport import sport_of
from features.training_log import Flag

GUESSED = frozenset({Flag.SPORT_GUESSED})


@pytest.mark.parametrize(
    ("told", "sub_sport", "metres", "seconds", "expected"),
    [
        ("unknown", None, 10_000, 3_600, ("running", GUESSED)),  # 2.78 m/s
        ("generic", "generic", 10_000, 3_600, ("running", GUESSED)),
        ("unknown", None, 5_000, 3_600, ("unknown", frozenset())),  # 1.39 m/s: walking
        ("unknown", None, 25_000, 3_600, ("unknown", frozenset())),  # 6.94 m/s: wheels
        ("cycling", None, 10_000, 3_600, ("cycling", frozenset())),  # told is told
        ("generic", "strength_training", 10_000, 3_600, ("generic", frozenset())),
        ("unknown", None, None, 3_600, ("unknown", frozenset())),
        ("unknown", None, 10_000, None, ("unknown", frozenset())),
        ("unknown", None, 10_000, 0, ("unknown", frozenset())),
    ],
)
def test_a_sport_is_guessed_only_where_none_was_told_and_the_pace_is_a_runners(
    told: str, sub_sport: str | None, metres: float | None, seconds: float | None, expected: object
) -> None:
    assert sport_of(told, sub_sport, metres, seconds) == expected
