"""Does each duty when it is due, one after the other, until stopped. One that fails holds up no other.

Everything is decided by the clock on the wall at each look, nothing by counting: after a sleep all that has
become due is done once, and a clock that is set back makes nothing wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

from pipelines.errors import BusyError
from pipelines.up.log import Log, Value, kind_of
from pipelines.up.stopping import Stop

MINUTE = timedelta(minutes=1)
# After a failure: quick at first, then patient; what runs every few seconds must not fail every few seconds.
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE)

Counts = Mapping[str, int]
Piece = tuple[str, Callable[[], Counts]]
Key = tuple[str, str | None]  # a duty and one of its pieces; None is the look at what is due


class Duty(Protocol):
    """Something to be done again and again. ``due`` gives all pieces of work that are due now, by name: one that
    fails leaves the others be. A piece returns what it counted; with nothing counted nothing is logged."""

    @property
    def name(self) -> str: ...

    @property
    def every(self) -> timedelta:
        """How long it is not looked at again; zero is each round."""

    def due(self, now: datetime) -> Iterable[Piece]: ...


class Witness(Protocol):
    """Keeps where others can see it what the log tells only whoever reads it. It raises nothing."""

    def failed(self, duty: str, error: Exception) -> None: ...

    def mended(self) -> None:
        """Nothing that failed fails any more."""

    def looked(self, now: datetime, failing: Mapping[str, datetime]) -> None:
        """A round has ended; these duties fail since then."""


@dataclass(slots=True)
class Trouble:
    """A piece of work that failed: as what, how often in a row, since when, and the pause it is left alone in."""

    kind: str
    times: int
    began: datetime
    last: datetime
    until: datetime


@dataclass(slots=True)
class Loop:
    duties: Sequence[Duty]
    now: Callable[[], datetime]
    log: Log
    witness: Witness | None = None
    stop: Stop = field(default_factory=Stop)
    troubles: dict[Key, Trouble] = field(default_factory=dict)
    looks: dict[str, datetime] = field(default_factory=dict)

    def round(self) -> None:
        """Look once at every duty whose time has come, and do what is due."""
        for duty in self.duties:
            if self.stop.wanted:
                return
            last, now = self.looks.get(duty.name), self.now()
            if last is None or not last <= now < last + duty.every:
                self.looks[duty.name] = now
                self._do(duty)
        if self.witness is not None:
            self.witness.looked(self.now(), self._failing())

    def _do(self, duty: Duty) -> None:
        found: dict[str, Callable[[], Counts]] = {}

        def look() -> Counts:
            found.update(duty.due(self.now()))
            return {}

        if not self._attempt((duty.name, None), look):
            return
        for key in [key for key in self.troubles if key[0] == duty.name and key[1] not in (None, *found)]:
            self._is_well(key)  # somebody else did it, or it need not be done any more
        for piece, work in found.items():
            self._attempt((duty.name, piece), work)

    def _attempt(self, key: Key, work: Callable[[], Counts]) -> bool:
        """Whether it was done. Another process that is at work is no failure: it comes again at the next look."""
        before, now, began = self.troubles.get(key), self.now(), monotonic()
        if before is not None and before.last <= now < before.until:
            return False
        try:
            counts = work()
        except BusyError:
            return False
        except Exception as error:  # no duty can end the others
            if self.stop.wanted:
                raise KeyboardInterrupt from error
            self._failed(key, before, error)
            return False
        self._is_well(key)
        if any(counts.values()):
            facts: dict[str, Value] = {name: count for name, count in counts.items() if count}
            self.log("done", duty=key[0], seconds=round(monotonic() - began, 2), **facts)
        return True

    def _failed(self, key: Key, before: Trouble | None, error: Exception) -> None:
        """Told once for each kind; tried again after a pause that grows."""
        kind, now = kind_of(error), self.now()
        times = 1 if before is None else before.times + 1
        began = now if before is None else min(before.began, now)
        self.troubles[key] = Trouble(kind, times, began, now, now + PAUSES[min(times, len(PAUSES)) - 1])
        if before is None or before.kind != kind:
            if self.witness is not None:
                self.witness.failed(key[0], error)
            self.log("failed", duty=key[0], error=kind, more="kneewise status")

    def _is_well(self, key: Key) -> None:
        before = self.troubles.pop(key, None)
        if before is None:
            return
        self.log("mended", duty=key[0], failures=before.times)
        if self.witness is not None and not self.troubles:
            self.witness.mended()

    def _failing(self) -> dict[str, datetime]:
        """Duty → since when something of it fails."""
        since: dict[str, datetime] = {}
        for (duty, _), trouble in self.troubles.items():
            since[duty] = min(trouble.began, since.get(duty, trouble.began))
        return since


def run(loop: Loop, pause: Callable[[], None]) -> None:
    """Round after round, until a stop is asked for: mostly a pause or a piece of work raises KeyboardInterrupt then."""
    while not loop.stop.wanted:
        loop.round()
        pause()
