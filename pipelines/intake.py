"""Takes files in: finds them, knows them again by content, has them decoded, stores whole batches.

Every file ends as one row with an outcome. A batch is one transaction, so that an interrupted
sync leaves whole files behind it, and the next one goes on from there.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from features.training_log import Athlete
from pipelines.decoding import Decoded, decode
from pipelines.errors import KneewiseError
from pipelines.sources.reading import content_of
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from pipelines.warehouse.writing import Batch, FileRow, write_batch

LARGEST_FILE_BYTES = 256 * 2**20  # a day-long ultra with every sensor stays below 20 MB
BATCH_FILES = 200
FEW_FILES = 6  # starting worker processes costs more than reading this many
IN_FLIGHT_PER_WORKER = 4  # bounds memory: this many files' bytes wait per worker

Tick = Callable[[int, int, str], None]  # done, of how many, which file


@dataclass(slots=True)
class Intake:
    """What became of the files of one sync: counts per outcome, and how many were known."""

    outcomes: dict[str, int] = field(default_factory=dict)
    known: int = 0
    activities: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)  # path, reason

    def add(self, row: FileRow) -> None:
        self.outcomes[row.outcome] = self.outcomes.get(row.outcome, 0) + 1
        if row.outcome == "imported":
            self.activities += len(row.activity_ids)
        if row.outcome == "rejected":
            self.problems.append((row.path, row.reason))

    @property
    def files(self) -> int:
        return self.known + sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class _Found:
    row: FileRow  # outcome still open
    payload: bytes


def take_in(
    db: Db,
    originals: Path,
    athlete: Athlete,
    paths: Sequence[Path],
    workers: int,
    tick: Tick,
    now: datetime,
) -> Intake:
    """Bring every file at or below ``paths`` into the warehouse, for one athlete.

    ``now`` (UTC) decides which dates lie in the future.
    """
    files = find_files(paths)
    desk = _Desk(db, originals, athlete, lambda done, name: tick(done, len(files), name))
    with _decoders(workers, len(files)) as submit:
        in_flight: dict[Future[Decoded], _Found] = {}
        for path in files:
            found = desk.look_at(path)
            if found is None:
                continue
            content = found.row.content_sha256 or ""
            job = (found.payload, path.name, athlete.id, athlete.zone, content, now)
            in_flight[submit(job)] = found
            while len(in_flight) >= workers * IN_FLIGHT_PER_WORKER:
                for done in wait(in_flight, return_when=FIRST_COMPLETED).done:
                    desk.finish(in_flight.pop(done), done.result())
        while in_flight:
            for done in wait(in_flight, return_when=FIRST_COMPLETED).done:
                desk.finish(in_flight.pop(done), done.result())
    desk.store()
    return desk.intake


class _Desk:
    """Where the files of one sync are looked at, known again, and put away in batches."""

    def __init__(self, db: Db, originals: Path, athlete: Athlete, tick: Callable[[int, str], None]) -> None:
        self.db = db
        self.originals = originals
        self.athlete = athlete
        self.tick = tick
        self.intake = Intake()
        self.batch = Batch()
        self.known = reading.known_files(db, athlete.id)
        self.by_content = reading.known_contents(db, athlete.id)
        self.waiting: dict[str, list[_Found]] = {}  # content being decoded → later files that have the same

    def look_at(self, path: Path) -> _Found | None:
        """The file if it must be decoded; None if it is known, a duplicate, or settled otherwise."""
        known = self.known.get(str(path))
        found = _look(path, self.athlete.id, known)
        if found is None or (known is not None and found.row.sha256 == known.sha256 != ""):
            if found is not None:
                self.batch.touched.append(found.row)
            self.intake.known += 1
            self.tick(self.intake.files, str(path))
            return None
        if found.row.outcome:
            self._settle(found.row)
            return None
        content = found.row.content_sha256 or ""
        if content in self.by_content:
            self._settle(_duplicate(found.row, self.by_content[content]))
            return None
        if content in self.waiting:
            self.waiting[content].append(found)
            return None
        self.waiting[content] = []
        return found

    def finish(self, found: _Found, decoded: Decoded) -> None:
        """Put away what a file became, and with it the files that have the same content."""
        content = found.row.content_sha256 or ""
        ids = [activity.id for activity in decoded.activities]
        if decoded.outcome != "ignored":
            keep_original(self.originals, found.row.sha256, found.payload)
        if decoded.outcome == "imported":
            self.by_content[content] = ids
        self.batch.activities += [(content, activity) for activity in decoded.activities]
        self.batch.tracks += list(zip(ids, decoded.tracks, strict=True))
        self._settle(
            replace(
                found.row,
                outcome=decoded.outcome,
                reason=decoded.reason,
                format=decoded.format,
                activity_ids=ids,
            )
        )
        for copy in self.waiting.pop(content):
            self._settle(_like(copy.row, found.row.path, decoded, ids))

    def store(self) -> None:
        """Write the batch in one transaction and start the next."""
        if len(self.batch):
            write_batch(self.db, self.batch)
        self.batch = Batch()

    def _settle(self, row: FileRow) -> None:
        self.batch.files.append(row)
        self.intake.add(row)
        self.tick(self.intake.files, row.path)
        if len(self.batch) >= BATCH_FILES:
            self.store()


def find_files(paths: Iterable[Path]) -> list[Path]:
    """All regular files at or below the paths, each once, in a stable order.

    Raises KneewiseError for a path that is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                for name in sorted(names):
                    candidate = Path(folder, name)
                    if candidate.is_file():
                        found[candidate.resolve()] = None
        elif path.is_file():
            found[path.resolve()] = None
        else:
            raise KneewiseError(f"{path} is not there. Give a file or a folder of FIT, GPX or TCX files.")
    return list(found)


def keep_original(originals: Path, sha256: str, payload: bytes) -> None:
    """Keep the file's very bytes under their hash; written whole or not at all."""
    target = originals / sha256[:2] / sha256
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{sha256}.{os.getpid()}.new")
    fresh.write_bytes(payload)
    os.replace(fresh, target)


def _look(path: Path, athlete: str, known: reading.KnownFile | None) -> _Found | None:
    """The file's bytes and hashes; None if size and time stamp are those that are known."""
    row = FileRow(
        athlete=athlete,
        path=str(path),
        sha256="",
        content_sha256=None,
        bytes=0,
        mtime_ns=-1,  # not remembered as known until it could be read
        format=None,
        outcome="",
        reason="",
        activity_ids=[],
        seen_at=datetime.now(UTC).replace(tzinfo=None),
    )
    try:
        stat = path.stat()
        if known is not None and (known.bytes, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
            return None
        row = replace(row, bytes=stat.st_size)
        if stat.st_size > LARGEST_FILE_BYTES:
            reason = f"This file has {stat.st_size / 2**20:.0f} MB; no workout file is larger than 256 MB."
            return _Found(replace(row, outcome="rejected", reason=reason, mtime_ns=stat.st_mtime_ns), b"")
        payload = path.read_bytes()
    except OSError as error:
        reason = f"This file could not be opened ({error.strerror}). Check its permissions and sync again."
        return _Found(replace(row, outcome="rejected", reason=reason), b"")
    content = hashlib.sha256(content_of(payload)).hexdigest()
    sha = hashlib.sha256(payload).hexdigest()
    return _Found(replace(row, sha256=sha, content_sha256=content, mtime_ns=stat.st_mtime_ns), payload)


def _duplicate(row: FileRow, ids: list[str]) -> FileRow:
    return replace(
        row,
        outcome="duplicate",
        reason="The same workout file was imported before; it is counted once.",
        activity_ids=ids,
    )


def _like(row: FileRow, first: str, decoded: Decoded, ids: list[str]) -> FileRow:
    """A file with the same content as one decoded just now shares its fate."""
    if decoded.outcome == "imported":
        return _duplicate(row, ids)
    return replace(
        row, outcome=decoded.outcome, reason=f"{decoded.reason} (Same content as {Path(first).name}.)"
    )


Job = tuple[bytes, str, str, str, str, datetime]


@contextmanager
def _decoders(workers: int, files: int) -> Iterator[Callable[[Job], Future[Decoded]]]:
    """A place to hand files to: worker processes for many files, this process for a few."""
    if workers == 1 or files <= FEW_FILES:
        yield _at_once
        return
    pool: Executor = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield lambda job: pool.submit(decode, *job)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _at_once(job: Job) -> Future[Decoded]:
    done: Future[Decoded] = Future()
    done.set_result(decode(*job))
    return done
