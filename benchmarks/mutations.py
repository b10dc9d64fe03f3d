"""Breaks thousands of files in known ways and has each of them read: nothing may crash, hang or vanish.

``python -m benchmarks.mutations [--count 10000] [--seed 1] [--only NUMBER]``; ends with 1 on any failure.
Each file is read in a worker process that is killed if it takes longer than five seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.mutants import FORMATS, mutant, parents
from features.training_log import Activity
from pipelines.decoding import Decoded, decode
from pipelines.sources.archives import HEAD_BYTES, Member, is_archive, walk_archive

NOW = datetime(2026, 11, 16, tzinfo=UTC)
LONGEST_S = 5.0
MEMORY_BYTES = 3 * 2**30  # a length that is believed shows as a crash, not as a slow computer
FAILED = "The reader failed"
ENDINGS = ("imported", "ignored", "rejected", "crash", "hang", "not a number")
BAD = ("crash", "hang", "not a number")


@dataclass(frozen=True, slots=True)
class Row:
    """What one broken file became."""

    number: int
    kind: str
    ending: str
    reason: str
    seconds: float


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--count", type=int, default=10_000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    ask.add_argument("--only", type=int, help="read this one file here, with a traceback, and keep it")
    told = ask.parse_args()
    if told.only is not None:
        return _one(told.seed, told.only)
    known = {kind: len(files) for kind, files in parents().items()}
    print(f"{told.count} files, seed {told.seed}, parents {known}, {told.workers} workers")
    began = time.perf_counter()
    rows = sorted(run(told.seed, told.count, told.workers), key=lambda row: row.number)
    return report(rows, told.count, time.perf_counter() - began)


def run(seed: int, count: int, workers: int) -> Iterator[Row]:
    """One row per file, in no order. Every worker has one file at a time, and five seconds for it."""
    numbers = iter(range(count))
    crew = [w for w in (Worker(seed).given(next(numbers, None)) for _ in range(workers)) if w]
    try:
        while crew:
            wait([worker.pipe for worker in crew], timeout=0.25)
            for place, worker in reversed(list(enumerate(crew))):
                row = worker.row()
                if row is None:
                    continue
                yield row
                fresh = worker if worker.process.is_alive() else Worker(seed)
                following = fresh.given(next(numbers, None))
                if following is None:
                    fresh.end()
                    del crew[place]
                else:
                    crew[place] = following
    finally:
        for worker in crew:
            worker.end()


class Worker:
    """A process that reads one broken file after the other."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, seed), daemon=True)
        self.process.start()
        theirs.close()
        if self.pipe.recv() != "ready":  # its imports are not the file's time
            raise RuntimeError("a worker did not start")
        self.number, self.since = -1, 0.0

    def given(self, number: int | None) -> Worker | None:
        if number is None:
            return None
        self.number, self.since = number, time.monotonic()
        self.pipe.send(number)
        return self

    def row(self) -> Row | None:
        """The answer if there is one, or what the lack of one means."""
        seconds = time.monotonic() - self.since
        try:
            if self.pipe.poll():
                answer = self.pipe.recv()
                assert isinstance(answer, Row)
                return answer
            if seconds < LONGEST_S:
                return None
            ending, reason = "hang", f"no answer within {LONGEST_S:g} s"
        except (EOFError, OSError):
            ending, reason = "crash", "the process died"
        self.end()
        return Row(self.number, FORMATS[self.number % len(FORMATS)], ending, reason, seconds)

    def end(self) -> None:
        self.process.kill()
        self.process.join()


def _work(pipe: Connection, seed: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    parents()
    with tempfile.TemporaryDirectory() as folder:
        pipe.send("ready")
        while True:
            try:
                number = pipe.recv()
            except EOFError:
                return
            kind, payload = mutant(seed, number)
            began = time.perf_counter()
            try:
                ending, reason = ending_of(kind, payload, Path(folder))
            except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
                ending, reason = "crash", f"{type(error).__name__}: {error}"
            pipe.send(Row(number, kind, ending, reason, time.perf_counter() - began))


def ending_of(kind: str, payload: bytes, folder: Path) -> tuple[str, str]:
    """How one file ends, and why. An archive ends as the best of what is in it, or as the worst failure."""
    if not is_archive(payload[:HEAD_BYTES]):
        return _ending(_decoded(payload, f"x.{kind}"))
    path = folder / "x.zip"
    path.write_bytes(payload)
    members: list[tuple[str, str]] = []
    for member in walk_archive(path):
        if isinstance(member, Member):
            members.append(_ending(_decoded(member.payload, member.name)))
        else:
            members.append(("rejected", member.reason))
    for ending in (*BAD, "imported", "rejected", "ignored"):
        for found in members:
            if found[0] == ending:
                return found
    return "crash", "the archive gave no row at all"


def _decoded(payload: bytes, name: str) -> Decoded:
    content = hashlib.sha256(payload).hexdigest()
    return decode(payload, name, "ada", "UTC", content, NOW)


def _ending(decoded: Decoded) -> tuple[str, str]:
    if decoded.reason.startswith(FAILED):
        return "crash", decoded.reason
    if not decoded.reason:
        return "crash", "no reason given"
    for activity in decoded.activities:
        for name, value in _numbers(activity):
            if not math.isfinite(value) or value < 0:
                return "not a number", f"{name} is {value}"
    return decoded.outcome, decoded.reason


def _numbers(activity: Activity) -> Iterator[tuple[str, float]]:
    for field in fields(activity):
        value = getattr(activity, field.name)
        if isinstance(value, int | float):
            yield field.name, float(value)


def report(rows: list[Row], count: int, seconds: float) -> int:
    """Print what became of the files; 0 if all is well."""
    endings: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        endings[row.kind][row.ending] += 1
    print(f"\n{'':6}" + "".join(f"{ending:>14}" for ending in (*ENDINGS, "median ms", "max ms")))
    for kind in FORMATS:
        times = [1000 * row.seconds for row in rows if row.kind == kind] or [0.0]
        counts = "".join(f"{endings[kind][ending]:>14}" for ending in ENDINGS)
        print(f"{kind:6}{counts}{statistics.median(times):>14.1f}{max(times):>14.1f}")
    print("\nslowest:")
    for row in sorted(rows, key=lambda row: -row.seconds)[:8]:
        print(f"  {1000 * row.seconds:8.1f} ms  {row.kind} {row.number}: {row.ending}: {row.reason[:80]}")
    bad = [row for row in rows if row.ending in BAD or row.seconds > LONGEST_S]
    for row in bad[:20]:
        print(f"FAILED {row.kind} --only {row.number}: {row.ending}: {row.reason[:200]}")
    complete = [row.number for row in rows] == list(range(count))
    print(
        f"\n{len(rows)} rows for {count} files in {seconds:.0f} s ({count / seconds:.0f} files/s): "
        f"{len(bad)} failures{'' if complete else ', AND ROWS ARE MISSING OR TWICE'}"
    )
    return 0 if complete and not bad else 1


def _one(seed: int, number: int) -> int:
    """Read one file in this process, so that a debugger or a traceback can show what happens."""
    from pipelines.sources.reading import read_workouts

    kind, payload = mutant(seed, number)
    kept = Path(tempfile.gettempdir(), f"mutant-{seed}-{number}.{kind}")
    kept.write_bytes(payload)
    print(f"kept as {kept}")
    with tempfile.TemporaryDirectory() as folder:
        ending, reason = ending_of(kind, payload, Path(folder))
    print(f"{ending}: {reason}")
    if ending == "crash" and not is_archive(payload[:HEAD_BYTES]):
        read_workouts(payload, f"x.{kind}", now=NOW)  # raises what was caught
    return 1 if ending in BAD else 0


if __name__ == "__main__":
    sys.exit(main())
