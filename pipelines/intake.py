"""Takes files in: knows them again by content, has them decoded, stores whole batches.

Every file, inside an archive or not, ends as one row with an outcome. A batch is one transaction,
so that an interrupted sync leaves whole files behind it, and the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeGuard

from features.training_log import Athlete
from pipelines.decoders import Decoders, Job
from pipelines.decoding import Decoded
from pipelines.exports import TAKEN, ExportLists, RecordingNote, is_export_list
from pipelines.finding import Found, find_files, look, look_inside
from pipelines.originals import keep_original, keep_titles
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from pipelines.warehouse.writing import Batch, FileRow, RecordingRow, name_recordings, write_batch

BATCH_FILES = 200
BATCH_SAMPLES = 100_000  # bounds memory where files are long

Tick = Callable[[int, int, str], None]  # done, of how many, which file


@dataclass(slots=True)
class Intake:
    """What became of the files of one sync: counts per outcome, and how many were known."""

    outcomes: dict[str, int] = field(default_factory=dict)
    known: int = 0
    recordings: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)  # path, reason

    def add(self, row: FileRow) -> None:
        self.outcomes[row.outcome] = self.outcomes.get(row.outcome, 0) + 1
        if row.outcome == "imported":
            self.recordings += len(row.recording_ids)
        if row.outcome == "rejected":
            self.problems.append((row.path, row.reason))

    @property
    def files(self) -> int:
        return self.known + sum(self.outcomes.values())


def take_in(
    db: Db,
    originals: Path,
    athlete: Athlete,
    paths: Sequence[Path],
    workers: int,
    tick: Tick,
    now: datetime,
    take_notes: Callable[[Sequence[RecordingNote]], None] = lambda notes: None,
) -> Intake:
    """Bring every file at or below ``paths`` into the warehouse, for one athlete.

    ``now`` (UTC) decides which dates lie in the future. ``take_notes`` is given what an account's
    export says about recordings, before that export counts as seen.
    """
    files = find_files(paths)
    desk = _Desk(db, originals, athlete, lambda done, name: tick(done, max(done, len(files)), name))
    with desk, Decoders(workers) as decoders:
        for path in files:
            found = look(path, athlete.id, {} if is_export_list(path.name) else desk.known)
            inside: Iterable[Found | None] = (found,)
            if found is not None and found.is_archive and not desk.knows(found.row):
                desk.late[found.row.path] = found.row
                inside = look_inside(path, athlete.id)
            for file in inside:
                if desk.must_decode(file):
                    decoders.submit(Job(file, athlete, now))
                for finished in decoders.finished():
                    desk.finish(*finished)
        for finished in decoders.all_finished():
            desk.finish(*finished)
    take_notes(desk.name_recordings())
    desk.settle_late_ones()
    return desk.intake


class _Desk:
    """Where the files of one sync are known again, and put away in batches."""

    def __init__(self, db: Db, originals: Path, athlete: Athlete, tick: Callable[[int, str], None]) -> None:
        self.db = db
        self.originals = originals
        self.athlete = athlete
        self.tick = tick
        self.intake = Intake()
        self.batch = Batch()
        self.lists = ExportLists()
        self.known = reading.known_files(db, athlete.id)
        self.by_content = reading.known_contents(db, athlete.id)
        self.late: dict[str, FileRow] = {}  # archives and export lists, settled last
        self.waiting: dict[str, list[FileRow]] = {}  # content being decoded → later files that have the same

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_: object) -> None:
        """Interrupted or not, what has been decoded is stored."""
        self.store()

    def knows(self, row: FileRow) -> bool:
        """Whether this very file was seen at this path."""
        return row.sha256 != "" and any(row.sha256 == known.sha256 for known in self.known.get(row.path, ()))

    def must_decode(self, found: Found | None) -> TypeGuard[Found]:
        """Whether the file is new; otherwise it is settled here: known, a duplicate, a list, refused."""
        if found is None:
            self.intake.known += 1
            return False
        row, content = found.row, found.row.content_sha256 or ""
        is_list = self.lists.take(row.path, found.payload)
        if self.knows(row):
            self.batch.touched.append(row)
            self.intake.known += 1
            self.tick(self.intake.files, row.path)
        elif row.path in self.late:  # the archive as a whole was refused
            self.late[row.path] = replace(self.late[row.path], outcome=row.outcome, reason=row.reason)
        elif row.outcome:
            self.settle(row)
        elif is_list:
            self.late[row.path] = replace(row, outcome="ignored", reason=TAKEN)
        elif content in self.by_content:
            self.settle(_duplicate(row, self.by_content[content]))
        elif content in self.waiting:
            self.waiting[content].append(row)
        else:
            self.waiting[content] = []
            return True
        return False

    def finish(self, found: Found, decoded: Decoded) -> None:
        """Put away what a file became, and with it the files that have the same content."""
        content = found.row.content_sha256 or ""
        ids = [activity.id for activity in decoded.activities]
        if decoded.outcome != "ignored":
            keep_original(self.originals, found.row, found.payload)
        if decoded.outcome == "imported":
            self.by_content[content] = ids
        put_away(self.batch, found.row, decoded)
        self._count(self.batch.files[-1])
        for copy in self.waiting.pop(content):
            self.settle(_like(copy, decoded, ids))

    def settle(self, row: FileRow) -> None:
        """Put away a file that needs no decoding."""
        self.batch.files.append(row)
        self._count(row)

    def settle_late_ones(self) -> None:
        """Archives and export lists last of all: they count as seen only when all that they hold is
        stored, so that an interrupted sync looks into them again."""
        for row in self.late.values():
            is_walked = not row.outcome
            reason = "Every file in it has a row of its own." if is_walked else row.reason
            self.settle(replace(row, outcome="archive" if is_walked else row.outcome, reason=reason))
        self.store()

    def store(self) -> None:
        """Write the batch in one transaction and start the next."""
        if len(self.batch):
            write_batch(self.db, self.batch)
        self.batch = Batch()

    def name_recordings(self) -> list[RecordingNote]:
        """Give recordings the titles that an account's export has for them; return all it says."""
        if not self.lists.by_path:
            return []
        notes = self.lists.notes(reading.imported_recordings(self.db, self.athlete.id))
        titles = {note.recording: note.title for note in notes if note.title}
        name_recordings(self.db, titles)
        keep_titles(self.originals, titles)
        return notes

    def _count(self, row: FileRow) -> None:
        self.intake.add(row)
        self.tick(self.intake.files, row.path)
        if len(self.batch) >= BATCH_FILES or self.batch.samples >= BATCH_SAMPLES:
            self.store()


def put_away(batch: Batch, row: FileRow, decoded: Decoded) -> None:
    """Add a decoded file to a batch: its row, its recordings, their tracks and what these say."""
    ids = [activity.id for activity in decoded.activities]
    batch.recordings += [
        RecordingRow(activity, row.content_sha256 or "", decoded.format or "", row.seen_at)
        for activity in decoded.activities
    ]
    batch.tracks += list(zip(ids, decoded.tracks, strict=True))
    batch.measures += list(zip(ids, decoded.measures, strict=True))
    batch.files.append(
        replace(row, outcome=decoded.outcome, reason=decoded.reason, format=decoded.format, recording_ids=ids)
    )


def _duplicate(row: FileRow, ids: list[str]) -> FileRow:
    return replace(
        row,
        outcome="duplicate",
        reason="The same workout file was imported before; it is counted once.",
        recording_ids=ids,
    )


def _like(row: FileRow, decoded: Decoded, ids: list[str]) -> FileRow:
    """A file with the same content as one decoded just now shares its fate."""
    if decoded.outcome == "imported":
        return _duplicate(row, ids)
    return replace(row, outcome=decoded.outcome, reason=decoded.reason)
