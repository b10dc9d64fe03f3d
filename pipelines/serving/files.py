"""Answers for the data pages: what became of files, and what the athlete decides about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any, BinaryIO

from features.training_log import Athlete, Flag
from pipelines import local_start
from pipelines.logbook import decisions
from pipelines.serving import uploads
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from reports.dashboard.ports.files import Coverage, DataQuality, FileLine, Uploaded, Workout
from reports.dashboard.refusals import Refused

NOTHING = Coverage(0, None, None, None, None)


class Files:
    """Implements ``reports.dashboard.ports.files.FilePort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def quality(self, athlete: str, outcome: str, skip: int, most: int) -> DataQuality:
        person = self._reach.logbook.athlete(athlete)
        known = tuple(uploads.receipts(self._reach.settings, athlete))
        if self._reach.published.identity() is None:
            return DataQuality(person, {}, (), 0, (), NOTHING, known)
        today = self._reach.settings.today_in(person.zone)
        with self._reach.published.reading() as db:
            return _quality(db, person, today, outcome, slice(skip, skip + most), known)

    def decide(self, athlete: str, content: str, accept: bool, starts: str) -> None:
        person = self._reach.logbook.athlete(athlete)
        with self._reach.published.reading() as db:
            contents = {row["content_sha256"] for row in _files(db, athlete)}
        if content not in contents or not content:
            raise Refused("There is no such file.")
        with as_refusal():
            began = local_start.local_start(starts or None, person.zone, self._reach.settings.now())
        decisions.decide(
            self._reach.logbook,
            athlete,
            content,
            decisions.ACCEPT if accept else decisions.REJECT,
            starts=began,
        )
        self._reach.wake()

    def keep_apart(self, athlete: str, activity: str, apart: bool) -> None:
        with self._reach.published.reading() as db:
            rows = reading.rows(db, "doubled_workouts", {"athlete": athlete})
        chosen = next((row for row in rows if row["activity"] == activity), None)
        if chosen is None:
            raise Refused("That workout has one recording; there is nothing to take apart.")
        if apart:
            decisions.keep_apart(self._reach.logbook, athlete, chosen["recordings"])
        else:
            same_day = [r for row in rows if row["day"] == chosen["day"] for r in row["recordings"]]
            decisions.let_merge(self._reach.logbook, athlete, same_day)
        self._reach.wake()

    def receive(self, athlete: str, files: Iterable[tuple[str, BinaryIO]]) -> str:
        with as_refusal():
            receipt = uploads.receive(self._reach.settings, athlete, files)
        self._reach.wake()
        return receipt

    def uploaded(self, athlete: str, receipt: str) -> tuple[Uploaded, ...] | None:
        known = uploads.outcomes(self._reach.settings, athlete, receipt)
        if known is None:
            return None
        return tuple(Uploaded(o.name, o.outcome, o.reason, o.activities) for o in known)


def _quality(
    db: Db, person: Athlete, today: date, outcome: str, page: slice, known: tuple[str, ...]
) -> DataQuality:
    rows = _files(db, person.id)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["outcome"]] = counts.get(row["outcome"], 0) + 1
    wanted = [row for row in reversed(rows) if outcome in ("", row["outcome"])]
    (cover,) = reading.rows(db, "stream_coverage", {"athlete": person.id, "today": today})
    return DataQuality(
        athlete=person,
        counts=counts,
        files=tuple(_line(row) for row in wanted[page]),
        found=len(wanted),
        workouts=tuple(_workout(row) for row in reading.rows(db, "doubled_workouts", {"athlete": person.id})),
        coverage=Coverage(**cover),
        uploads=known,
    )


def _files(db: Db, athlete: str) -> list[dict[str, Any]]:
    return reading.rows(db, "files", {"athlete": athlete, "outcome": None})


def _line(row: dict[str, Any]) -> FileLine:
    return FileLine(
        path=str(row["path"]),
        content=None if row["content_sha256"] is None else str(row["content_sha256"]),
        outcome=str(row["outcome"]),
        reason=str(row["reason"] or ""),
        decision=None if row["decision"] is None else str(row["decision"]),
        seen_at=row["seen_at"].replace(tzinfo=UTC),
        activities=tuple(row["activity_ids"]),
    )


def _workout(row: dict[str, Any]) -> Workout:
    return Workout(
        **{
            **row,
            "recordings": tuple(row["recordings"]),
            "flags": tuple(sorted(Flag(flag) for flag in row["flags"])),
        }
    )
