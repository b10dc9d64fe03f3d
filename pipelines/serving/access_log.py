"""Keeps the access log without slowing pages: a look waits in memory and is stored with others.

The first look of a coach at an athlete in an hour is stored at once, and whatever waits with it; the pages that
follow within that hour wait for the next writing, at most ``EVERY_S`` seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime

from pipelines.errors import BusyError
from pipelines.logbook import looks
from pipelines.logbook.looks import Look
from pipelines.logbook.store import Logbook

EVERY_S = 10.0
MOST_KNOWN = 50_000  # forgetting what is stored costs a second writing of the same, and nothing else


class AccessLog:
    """One for each serving process; ``close`` stores what still waits."""

    def __init__(self, logbook: Logbook, every_s: float = EVERY_S) -> None:
        self.logbook = logbook
        self._known: set[Look] = set()
        self._waiting: set[Look] = set()
        self._met: set[tuple[str, int, datetime]] = set()  # pairs of this hour whose first look is stored
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._every_s = every_s
        self._writer: threading.Thread | None = None  # from the first look that waits

    def note(self, coach: int, coach_name: str, athletes: Iterable[str], page: str, now: datetime) -> None:
        """A coach looks at a page of an athlete, or at one that lists several."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        seen = {Look(athlete, coach, hour, page, coach_name) for athlete in athletes}
        with self._lock:
            if len(self._known) > MOST_KNOWN:
                self._known, self._met = set(self._waiting), set()
            new = seen - self._known
            self._known |= new
            self._waiting |= new
            pairs = {(look.athlete, coach, hour) for look in new}
            is_first = not pairs <= self._met
            self._met |= pairs
            self._start()
        if is_first:
            self.store()

    def store(self) -> None:
        """Write what waits, in one transaction."""
        with self._lock:
            waiting, self._waiting = self._waiting, set()
        if not waiting:
            return
        try:
            looks.put(self.logbook, waiting)
        except BusyError:
            with self._lock:
                self._waiting |= waiting  # the next writing takes them along

    def close(self) -> None:
        self._stop.set()
        if self._writer is not None:
            self._writer.join()
        self.store()

    def _start(self) -> None:
        if self._writer is None:
            self._writer = threading.Thread(target=self._write_on, daemon=True)
            self._writer.start()

    def _write_on(self) -> None:
        while not self._stop.wait(self._every_s):
            self.store()
