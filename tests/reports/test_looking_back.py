"""What became of past levels: counted by hand, told with the false alarms, and silent where nothing is known."""

from __future__ import annotations

from datetime import timedelta
from math import nan

import pytest
from builders import SUNDAY

from models.backtest import JudgedWeek
from models.track_record import TrackRecord, track_record
from models.verdict import Level
from reports.looking_back import looking_back


def judged(
    weeks_ago: int, level: Level, outcome: float, is_unwell: bool = False, by_training: bool = True
) -> JudgedWeek:
    day = SUNDAY - timedelta(weeks=weeks_ago)
    problem = SUNDAY - timedelta(days=3) if outcome == 1 else None  # one and the same problem
    hazard = 0.5 if by_training else 0.0
    return JudgedWeek("ada", day, level, hazard, nan if is_unwell else outcome, is_unwell, problem)


def test_a_problem_foretold_twice_is_one_problem_and_two_right_weeks() -> None:
    weeks = [
        judged(1, Level.HIGH, 1),
        judged(2, Level.ELEVATED, 1),
        judged(5, Level.HIGH, 0),
        judged(6, Level.ELEVATED, nan),
        judged(7, Level.LOW, 0),
        judged(8, Level.HIGH, 0, by_training=False),  # raised by pain that was told, not by what was run
        judged(9, Level.HIGH, nan, is_unwell=True),  # the knee was known to hurt: foretells nothing
    ]
    found = track_record(weeks)
    assert found == TrackRecord(raised=4, known=3, right=2, problems=1, missed=0)
    assert found.false_alarms == 1


def test_a_problem_after_a_low_week_alone_is_missed() -> None:
    assert track_record([judged(1, Level.GUARDED, 1)]) == TrackRecord(0, 0, 0, problems=1, missed=1)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (
            TrackRecord(9, 8, 2, 3, 1),
            "In the last year 9 weeks read elevated or high while your knee was well. Of 8 of them you told enough "
            "afterwards: 2 were followed by a knee problem within two weeks; 6 were false alarms.",
        ),
        (
            TrackRecord(1, 1, 0, 0, 0),
            "1 week read elevated or high while your knee was well: none was followed",
        ),
        (
            TrackRecord(1, 1, 1, 1, 0),
            "1 was followed by a knee problem within two weeks; none was a false alarm.",
        ),
        (
            TrackRecord(3, 0, 0, 0, 0),
            "You told too little in the two weeks after to say whether that was right",
        ),
        (
            TrackRecord(9, 8, 2, 3, 1),
            "Of the 3 knee problems that you told of, 1 began without a raised level before.",
        ),
        (
            TrackRecord(0, 0, 0, 1, 1),
            "The one knee problem that you told of began without a raised level before it.",
        ),
    ],
)
def test_it_is_told_in_words(record: TrackRecord, says: str) -> None:
    assert says in " ".join(looking_back(record))


def test_nothing_is_told_where_there_is_nothing_to_look_back_on() -> None:
    assert looking_back(None) == looking_back(TrackRecord(0, 0, 0, 0, 0)) == ()
