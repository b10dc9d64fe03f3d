"""A home folder whose clock the test turns, with athletes, channels and a mail server's settings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ConfigDict

from features.training_log import Athlete
from pipelines.logbook import outbox, telling
from pipelines.logbook.store import Logbook
from pipelines.settings import Settings
from pipelines.steps import Home, open_home
from reports.alerts import SHOE, Notice

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)  # a Monday
ADA = Athlete("ada", "Ada Berg", "Europe/Berlin")


@dataclass
class Clock:
    at: datetime = NOON

    def set(self, text: str, zone: str = "UTC") -> None:
        self.at = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    def on(self, **time: float) -> None:
        self.at += timedelta(**time)


class Simulated(Settings):
    """Settings that take the time from the test."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)
    clock: Clock

    def now(self) -> datetime:
        return self.clock.at

    def today_in(self, zone: str) -> date:
        return self.clock.at.astimezone(ZoneInfo(zone)).date()


@contextmanager
def told_home(
    folder: Path, *people: Athlete, address: str | None = "ada@example.org", **settings: Any
) -> Iterator[tuple[Home, Clock]]:
    """A home with these athletes (else Ada), all told at one address, mail going to a local server."""
    clock = Clock()
    mail = {"smtp_host": "127.0.0.1", "smtp_security": "none", "smtp_from": "Kneewise <knee@example.org>"}
    where = {"logbook_url": os.environ.get("KNEEWISE_LOGBOOK_URL")}
    with open_home(Simulated(home=folder, clock=clock, **(mail | where | settings))) as home:
        for person in people or (ADA,):
            home.logbook.add_athlete(person)
            if address:
                telling.add_channel(home.logbook, person.id, address, clock.at - timedelta(days=30))
        yield home, clock


def tell_once(logbook: Logbook, notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """Those that were never told, of any athletes without a channel."""
    told = (outbox.tell(logbook, Athlete(n.athlete, n.athlete), [n], NOON) for n in notices)
    return tuple(notice for new in told for notice in new)


def a_notice(
    stage: str = "warn", subject: str = "red", kind: str = SHOE, text: str = "", athlete: str = "ada"
) -> Notice:
    words = text or f"The {subject} pair: {stage}."
    return Notice(athlete, kind, subject, stage, date(2026, 11, 16), words, (stage,))
