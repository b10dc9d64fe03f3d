"""Has files decoded side by side: in worker processes where there are many, in this one while few.

What waits for a worker is bounded, so that memory is. A file that brings a worker down costs
itself alone: the others that were under way are decoded again.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from features.training_log import Athlete
from pipelines.decoding import Decoded, decode, live_and_die_with_parent
from pipelines.finding import Found

FEW_FILES = 6  # starting worker processes costs more than reading this many
IN_FLIGHT_PER_WORKER = 4
LARGE_FILE_BYTES = 8 * 2**20  # larger ones wait for nobody: what waits in memory stays small
CRASHED = "Reading this file brought the reader down. It is kept as it is; please report it."

Settled = tuple[Found, Decoded]


@dataclass(frozen=True, slots=True)
class Job:
    """One file to decode, for whom, and what time it is."""

    found: Found
    athlete: Athlete
    now: datetime

    @property
    def arguments(self) -> tuple[bytes, str, str, str, str, datetime]:
        row = self.found.row
        name = row.path.rpartition("/")[2]
        return (
            self.found.payload,
            name,
            self.athlete.id,
            self.athlete.zone,
            row.content_sha256 or "",
            self.now,
        )


class Decoders:
    """Submit jobs, take what is finished. A context manager: workers end with the block."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._submitted = 0
        self._ready: deque[Settled] = deque()
        self._in_flight: dict[Future[Decoded], Job] = {}
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Decoders:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def submit(self, job: Job) -> None:
        self._submitted += 1
        if self.workers == 1 or self._submitted <= FEW_FILES or len(job.found.payload) > LARGE_FILE_BYTES:
            self._ready.append((job.found, decode(*job.arguments)))
            return
        if self._pool is None:
            self._pool = _new_pool(self.workers)
        with _without_interrupts():  # workers start here: Ctrl-C is not for them
            future = self._pool.submit(decode, *job.arguments)
        self._in_flight[future] = job

    def finished(self) -> Iterator[Settled]:
        """What is done; waits while more is under way than there should be."""
        return self._take(self.workers * IN_FLIGHT_PER_WORKER)

    def all_finished(self) -> Iterator[Settled]:
        """Everything that is still under way, as it gets done."""
        return self._take(1)

    def _take(self, below: int) -> Iterator[Settled]:
        while self._ready:
            yield self._ready.popleft()
        while len(self._in_flight) >= below:
            for future in wait(self._in_flight, return_when=FIRST_COMPLETED).done:
                job = self._in_flight.pop(future)
                try:
                    yield job.found, future.result()
                except BrokenProcessPool:
                    yield from self._after_a_crash([job, *self._in_flight.values()])
                    break

    def _after_a_crash(self, jobs: Iterable[Job]) -> Iterator[Settled]:
        self._in_flight = {}
        self._stop()
        for job in jobs:
            with _new_pool(1) as alone:
                try:
                    yield job.found, alone.submit(decode, *job.arguments).result()
                except BrokenProcessPool:
                    yield job.found, Decoded("rejected", CRASHED)

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits until the block is over: a worker half started would complain at length.

    Workers inherit the mask until they choose to ignore it; the handler is for our own threads.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    pressed: list[int] = []
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    handler = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if pressed:
        raise KeyboardInterrupt


def _new_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=live_and_die_with_parent
    )
