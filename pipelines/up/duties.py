"""What a home needs done by itself: files taken in, messages sent, days assessed, weeks reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from features.training_log import Athlete, Week
from pipelines import steps, watching
from pipelines.intake import Tick
from pipelines.steps import Home
from pipelines.telling import sending
from pipelines.up.log import Log
from pipelines.up.loop import Counts, Piece


@dataclass(slots=True)
class Inbox:
    """Takes in what lies in the athletes' folders as soon as it has stopped changing."""

    home: Home
    log: Log
    name: str = "inbox"
    every: timedelta = timedelta()
    watch: watching.Watch = field(init=False)
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folder = self.home.settings.inbox_path.resolve()
        self.watch = watching.Watch(folder, self._owners, self._sync, self._not_read)

    def due(self, now: datetime) -> Iterator[Piece]:
        yield "", self._round

    def _round(self) -> Counts:
        self.counts = {}
        for athlete in self.home.logbook.athletes():  # so that everybody sees where to put files
            steps.inbox_of(self.home.settings, athlete).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.watch.folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # somebody tidied up
        self.watch.round(watching.listed(self.watch.folder))
        return self.counts

    def _owners(self, files: Sequence[Path]) -> watching.Owned:
        return watching.owners_of(files, self.watch.folder, self.home.logbook.athletes(), None)

    def _sync(self, sources: watching.Sources) -> None:
        intakes, notices = steps.sync(self.home, sources, quietly)
        self.counts = {**steps.counted(intakes.values()), "alerts": len(notices)}

    def _not_read(self, _sentence: str) -> None:
        self.log("not_read", duty=self.name, reason="no_owner", more="kneewise watch")


@dataclass(slots=True)
class Daily:
    """A new day moves every window of days: when it begins for any of the athletes, all are assessed anew."""

    home: Home
    name: str = "daily"
    every: timedelta = timedelta()
    done: dict[str, date] = field(default_factory=dict)

    def due(self, now: datetime) -> Iterator[Piece]:
        athletes = self.home.logbook.athletes()
        days = {a.zone: now.astimezone(ZoneInfo(a.zone)).date() for a in athletes}
        if days and days != self.done:
            yield "", lambda: self._assess([a.id for a in athletes], days)

    def _assess(self, athletes: Sequence[str], days: dict[str, date]) -> Counts:
        _, notices = steps.sync(self.home, {athlete: [] for athlete in athletes}, quietly)
        self.done = days
        return {"athletes": len(athletes), "alerts": len(notices)}


@dataclass(slots=True)
class Weekly:
    """Each athlete's report, on the first morning of their own week; one that fails holds up nobody else's."""

    home: Home
    queue: Callable[[Home, Athlete, Week], None]
    name: str = "weekly"
    every: timedelta = timedelta(minutes=1)

    def due(self, now: datetime) -> Iterator[Piece]:
        for athlete, week in steps.reports_due(self.home):
            yield athlete.id, partial(self._queue, athlete, week)

    def _queue(self, athlete: Athlete, week: Week) -> Counts:
        self.queue(self.home, athlete, week)
        return {"reports": 1}


@dataclass(slots=True)
class Digests:
    """Each coach's digest, on their own Monday morning."""

    home: Home
    name: str = "digests"
    every: timedelta = timedelta(minutes=1)

    def due(self, now: datetime) -> Iterator[Piece]:
        yield "", lambda: {"digests": steps.queue_digests_due(self.home)}


@dataclass(slots=True)
class Outbox:
    """Sends what may go: quiet hours end and pauses after a failed attempt are over without a word from anybody."""

    home: Home
    name: str = "outbox"
    every: timedelta = timedelta(seconds=30)

    def due(self, now: datetime) -> Iterator[Piece]:
        yield "", self._send

    def _send(self) -> Counts:
        sent = sending.send_due(self.home)
        return {"sent": sent.sent, "failed": sent.failed}


@contextmanager
def quietly(_what: str) -> Iterator[Tick]:
    yield lambda *_: None
