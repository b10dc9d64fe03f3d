"""What the history's page draws: shapes and words. Across in percent of the width, down in pixels."""

from __future__ import annotations

from dataclasses import dataclass

PAIN_PX = 56
HEAD_PX, GAP_PX, FOOT_PX = 18, 34, 42
SMALL_FROM = 26  # weeks


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A run or a pain, ``x`` in percent, ``y`` in pixels, told in ``words``."""

    x: float
    y: float
    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One kind of load: bars of weeks, where weeks are unknown, the usual range at each, lines of a round scale."""

    name: str
    height: int
    bars: tuple[Bar, ...]
    unknown: tuple[float, ...]
    usual: tuple[Bar, ...]
    grid: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week as a line of the table, and in one sentence; ``level`` is its code, word and shape."""

    week: str
    starts: str
    distance: str
    knee: str
    usual: str
    runs: str
    longest: str
    pain: str
    level: LevelMark | None
    words: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class LevelMark:
    code: str
    word: str
    shape: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    athlete: str
    name: str
    span: str
    distance: Panel
    knee: Panel
    runs: tuple[Dot, ...]
    pains: tuple[Dot, ...]
    injuries: tuple[tuple[Bar, str], ...]
    labels: tuple[tuple[float, str], ...]
    rows: tuple[WeekRow, ...]
    shows_pain: bool
    shows_body: bool
    unit: str

    @property
    def knee_top(self) -> int:
        return HEAD_PX + self.distance.height + GAP_PX

    @property
    def pain_top(self) -> int:
        return self.knee_top + self.knee.height + GAP_PX

    @property
    def floor(self) -> int:
        """Where the lowest panel ends, and dates begin."""
        return self.pain_top + PAIN_PX if self.shows_pain else self.knee_top + self.knee.height

    @property
    def height(self) -> int:
        return self.floor + FOOT_PX

    @property
    def pain_lines(self) -> tuple[int, ...]:
        return (0, PAIN_PX // 2)

    @property
    def dot(self) -> float:
        """The size of a run: small where there are many."""
        return 3.5 if len(self.rows) <= SMALL_FROM else 1.6
