"""The data pages' port: files with their outcomes, workouts recorded more than once, uploads, and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Protocol

from features.training_log import Athlete, Flag


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as it came in. ``content`` is what a decision is about; None for an archive."""

    path: str
    content: str | None
    outcome: str
    reason: str
    decision: str | None
    seen_at: datetime
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workout:
    """A workout made of several recordings, or one that is kept apart from others of its day."""

    activity: str
    day: date
    sport: str
    distance_m: float | None
    recordings: tuple[str, ...]
    flags: tuple[Flag, ...]
    kept_apart: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Runs of the last 28 days, and the share of them with each stream, 0 to 1; None without a run."""

    runs: int
    position: float | None
    heart_rate: float | None
    cadence: float | None
    altitude: float | None


@dataclass(frozen=True, slots=True)
class DataQuality:
    """``counts``: files by outcome; ``files``: one page of those asked for, newest first."""

    athlete: Athlete
    counts: dict[str, int]
    files: tuple[FileLine, ...]
    found: int
    workouts: tuple[Workout, ...]
    coverage: Coverage
    uploads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of one uploaded file; ``outcome`` is None while it waits."""

    name: str
    outcome: str | None
    reason: str
    activities: tuple[str, ...]


class FilePort(Protocol):
    """Decisions hold at once in the logbook; numbers follow within minutes."""

    def quality(self, athlete: str, outcome: str, skip: int, most: int) -> DataQuality: ...

    def decide(self, athlete: str, content: str, accept: bool, starts: str) -> None:
        """Believe a file, or leave it out. Raises Refused."""

    def keep_apart(self, athlete: str, activity: str, apart: bool) -> None:
        """Take a merged workout apart, or let the recordings of its day merge again. Raises Refused."""

    def receive(self, athlete: str, files: Iterable[tuple[str, BinaryIO]]) -> str:
        """Keep files and have them read soon; the receipt of the upload. Raises Refused."""

    def uploaded(self, athlete: str, receipt: str) -> tuple[Uploaded, ...] | None:
        """What became of each file of an upload; None if there is no such upload."""
