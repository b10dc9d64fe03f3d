"""The weekly report as words: what the HTML and the plain-text template both read.

Every string is finished: units, comparisons and rounding are settled, so that the two
templates cannot tell different facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.picture import Picture
from reports.sources import Source


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the level scale, and whether it is this week's."""

    code: str
    word: str
    shape: str
    current: bool


@dataclass(frozen=True, slots=True)
class LevelView:
    code: str
    word: str
    shape: str
    meaning: str
    scale: tuple[Step, ...]
    because_unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlag:
    opening: str
    told: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CauseRow:
    """``start`` and ``width`` place its bar, in percent of the longest bar there can be."""

    label: str
    sentence: str
    note: str
    factor: str
    start: float
    width: float
    grade: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The causes that add up, those that could and do not this week, those that never do, and what the sum means."""

    acting: tuple[CauseRow, ...]
    total: str
    total_width: float
    marks: tuple[tuple[str, float], ...]
    closing: tuple[str, ...]
    idle: tuple[CauseRow, ...]
    shown: tuple[CauseRow, ...]


@dataclass(frozen=True, slots=True)
class RunRow:
    """``activity`` is its id, for links."""

    activity: str
    day: str
    clock: str
    kind: str
    distance: str
    time: str
    pace: str
    descent: str
    shoe: str
    ratio: str
    stands_out: bool


@dataclass(frozen=True, slots=True)
class CompareRow:
    name: str
    now: str
    usual: str
    change: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    because: str
    action: str
    grade: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    name: str
    because: str
    dose: str
    days: str
    load: str
    how: str
    cue: str
    feel: str
    progression: str
    stop_rule: str
    drawing: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NextWeek:
    longest: str | None
    longest_basis: str
    longest_cites: tuple[int, ...]
    envelope: str | None
    lowering: str | None
    changes: tuple[ChangeRow, ...]
    adherence: str
    exercises_because: str
    exercises: tuple[ExerciseRow, ...]
    ledger: tuple[str, ...]
    ledger_cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShoeRow:
    name: str
    standing: str
    outlook: str
    percent: float
    reached: bool


@dataclass(frozen=True, slots=True)
class Links:
    """Where this athlete's own pages are, for those who read the report elsewhere; ``efforts``: run → where to
    tell how hard it was."""

    week: str
    check_in: str
    shoes: str
    efforts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    athlete: str
    number: str
    span: str
    so_far: str | None
    red_flag: RedFlag | None
    level: LevelView
    summary: str
    why: Why
    runs: tuple[RunRow, ...]
    other: tuple[str, ...]
    compare_basis: str
    compare: tuple[CompareRow, ...]
    cadence: str | None
    picture: Picture
    next_week: NextWeek
    shoes: tuple[ShoeRow, ...]
    pain_state: str
    pain_cites: tuple[int, ...]
    pain_log: tuple[str, ...]
    pain_kinds: tuple[str, ...]
    pain_kind_note: str
    first_measures: tuple[str, ...]
    first_measures_note: str
    condition_notes: tuple[Note, ...]
    confidence: str
    not_known: tuple[str, ...]
    limits: tuple[str, ...]
    sources: tuple[Source, ...]
    model: str
