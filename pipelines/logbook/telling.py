"""How each athlete wants to be told: channels, a choice for each kind, quiet hours, snoozes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.engine import RowMapping

from pipelines.errors import KneewiseError
from pipelines.logbook import telling_tables as t
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import put


class Choice(StrEnum):
    OFF = "off"
    AT_ONCE = "at_once"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Channel:
    """Where an athlete is told: a mail address, an Apprise URL, or ``env:NAME``/``file:PATH`` where one is kept."""

    id: int
    athlete: str
    address: str
    added_at: datetime
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Minutes of the athlete's own day, the end exclusive; over midnight where the end is before the start."""

    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class Snooze:
    """Nothing of this kind (and subject; ``""`` = all) is told before the day ``until``."""

    athlete: str
    kind: str
    subject: str
    until: date


# A phone beside a bed stays dark; the weekly report's hour is the first that is not quiet.
USUAL_QUIET_HOURS = QuietHours(22 * 60, 6 * 60)
USUAL_CHOICE = Choice.AT_ONCE


def add_channel(logbook: Logbook, athlete: str, address: str, now: datetime) -> Channel:
    """Store a channel; one that was stopped before begins anew."""
    key = {"athlete": athlete, "address": address}
    with logbook.engine.begin() as db:
        put(db, t.channel, key, {"added_at": plain(now), "stopped_at": None})
        c = t.channel.c
        stored = db.execute(select(t.channel).where(c.athlete == athlete, c.address == address))
        return _channel(stored.mappings().one())


def remove_channel(logbook: Logbook, athlete: str, number: int, now: datetime) -> Channel:
    """Forget a channel with its address. Raises KneewiseError naming those there are."""
    known = {channel.id: channel for channel in channels(logbook, athlete)}
    if number not in known:
        there = ", ".join(map(str, known)) or "none"
        raise KneewiseError(
            f"{athlete} has no channel {number}; there are: {there}. See: kneewise notify list"
        )
    with logbook.engine.begin() as db:
        db.execute(delete(t.channel).where(t.channel.c.id == number))
        _cancel(db, number, "the channel was removed", now)
    return known[number]


def stop_channel(logbook: Logbook, number: int, now: datetime) -> None:
    """Send nothing more there, until it is added anew."""
    c = t.channel.c
    is_open = (c.id == number, c.stopped_at.is_(None))
    with logbook.engine.begin() as db:
        db.execute(update(t.channel).where(*is_open).values(stopped_at=plain(now)))
        _cancel(db, number, "unsubscribed", now)


def channels(logbook: Logbook, athlete: str | None = None) -> tuple[Channel, ...]:
    """Every channel, stopped ones too, oldest first."""
    query = select(t.channel).order_by(t.channel.c.id)
    if athlete is not None:
        query = query.where(t.channel.c.athlete == athlete)
    with logbook.engine.connect() as db:
        return tuple(map(_channel, db.execute(query).mappings()))


def open_channels(db: Connection, athlete: str) -> tuple[Channel, ...]:
    """Those of the athlete that are not stopped."""
    c = t.channel.c
    query = select(t.channel).where(c.athlete == athlete, c.stopped_at.is_(None)).order_by(c.id)
    return tuple(map(_channel, db.execute(query).mappings()))


def choose(logbook: Logbook, athlete: str, kind: str, choice: Choice) -> None:
    with logbook.engine.begin() as db:
        put(db, t.choice, {"athlete": athlete, "kind": kind}, {"choice": choice})


def choices(logbook: Logbook, athlete: str) -> dict[str, Choice]:
    """What was chosen, by kind; a kind that is absent is as usual."""
    with logbook.engine.connect() as db:
        return chosen(db, athlete)


def chosen(db: Connection, athlete: str) -> dict[str, Choice]:
    query = select(t.choice.c.kind, t.choice.c.choice).where(t.choice.c.athlete == athlete)
    return {kind: Choice(choice) for kind, choice in db.execute(query)}


def set_quiet_hours(logbook: Logbook, athlete: str, hours: QuietHours) -> None:
    values = {"from_minute": hours.from_minute, "to_minute": hours.to_minute}
    with logbook.engine.begin() as db:
        put(db, t.quiet_hours, {"athlete": athlete}, values)


def quiet_hours(logbook: Logbook) -> Mapping[str, QuietHours]:
    """What was told, by athlete; one who is absent has the usual ones."""
    c = t.quiet_hours.c
    with logbook.engine.connect() as db:
        found = db.execute(select(c.athlete, c.from_minute, c.to_minute))
        return {athlete: QuietHours(first, last) for athlete, first, last in found}


def snooze(logbook: Logbook, snoozed: Snooze) -> None:
    """The last word counts, also where it is an earlier day."""
    key = {"athlete": snoozed.athlete, "kind": snoozed.kind, "subject": snoozed.subject}
    with logbook.engine.begin() as db:
        put(db, t.snooze, key, {"until": snoozed.until})


def snoozes(logbook: Logbook, athlete: str, today: date) -> tuple[Snooze, ...]:
    """Those that still hold on ``today``."""
    c = t.snooze.c
    query = select(t.snooze).where(c.athlete == athlete, c.until > today).order_by(c.kind, c.subject)
    with logbook.engine.connect() as db:
        return tuple(Snooze(**row) for row in db.execute(query).mappings())


def _cancel(db: Connection, channel: int, reason: str, now: datetime) -> None:
    d = t.delivery.c
    is_open = (d.channel == channel, d.state.in_(("waiting", "sending")))
    values = {"state": "cancelled", "reason": reason, "changed_at": plain(now)}
    db.execute(update(t.delivery).where(*is_open).values(**values))


def _channel(row: RowMapping) -> Channel:
    stopped = row["stopped_at"]
    return Channel(
        id=row["id"],
        athlete=row["athlete"],
        address=row["address"],
        added_at=row["added_at"].replace(tzinfo=UTC),
        stopped_at=None if stopped is None else stopped.replace(tzinfo=UTC),
    )
