"""Deliveries: one message on one channel each, and every step of it recorded before the next is taken.

    waiting → sending → sent | failed        (or cancelled, where the channel is gone)

``sending`` says that the receiver may have it: it is written just before the last byte leaves. So after
a crash ``waiting`` has surely not arrived, and ``sending`` is tried again as possibly repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import RowMapping

from pipelines.logbook import telling_tables as t
from pipelines.logbook.instants import plain
from pipelines.logbook.outbox import Message
from pipelines.logbook.store import Logbook

State = Literal["waiting", "sending", "sent", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message on one channel, and how far it got."""

    id: int
    message: Message
    channel: int
    label: str
    state: State
    attempts: int
    next_try_at: datetime
    changed_at: datetime
    message_id: str | None
    reason: str | None
    possibly_repeated: bool


def still_open(logbook: Logbook, now: datetime) -> tuple[Delivery, ...]:
    """Those that are not done and whose message may go, oldest first."""
    d, m = t.delivery.c, t.message.c
    query = _DELIVERIES.where(d.state.in_(("waiting", "sending")), m.not_before <= plain(now)).order_by(d.id)
    with logbook.engine.connect() as db:
        return tuple(map(_delivery, db.execute(query).mappings()))


def begin_attempt(logbook: Logbook, delivery: Delivery, message_id: str, now: datetime) -> bool:
    """Count the attempt before anything is sent: one that kills the process counts too. From here on
    the message takes no more notices. False where it was cancelled meanwhile."""
    d = t.delivery.c
    values = {
        "attempts": delivery.attempts + 1,
        "changed_at": plain(now),
        "message_id": message_id,
        # a state that an earlier attempt left behind without knowing
        "possibly_repeated": delivery.possibly_repeated or delivery.state == "sending",
    }
    is_open = d.state.in_(("waiting", "sending"))
    with logbook.engine.begin() as db:
        return (
            db.execute(update(t.delivery).where(d.id == delivery.id, is_open).values(**values)).rowcount > 0
        )


def mark_sending(logbook: Logbook, number: int, now: datetime) -> None:
    """The last byte is about to leave: from now on the receiver may have it."""
    _change(logbook, number, state="sending", changed_at=plain(now))


def mark_sent(logbook: Logbook, number: int, now: datetime) -> None:
    _change(logbook, number, state="sent", reason=None, changed_at=plain(now))


def mark_waiting(
    logbook: Logbook, delivery: Delivery, reason: str, next_try_at: datetime, now: datetime
) -> None:
    """This attempt has surely not arrived; it is tried again. What an earlier one did stays open."""
    values = {"next_try_at": plain(next_try_at), "changed_at": plain(now)}
    repeated = delivery.possibly_repeated or delivery.state == "sending"
    _change(logbook, delivery.id, state="waiting", reason=reason, possibly_repeated=repeated, **values)


def mark_unsure(logbook: Logbook, number: int, reason: str, next_try_at: datetime, now: datetime) -> None:
    """The line broke after the last byte left: it is tried again, and may arrive twice."""
    when = {"next_try_at": plain(next_try_at), "changed_at": plain(now)}
    _change(logbook, number, state="sending", reason=reason, **when)


def mark_failed(logbook: Logbook, number: int, reason: str, now: datetime) -> None:
    _change(logbook, number, state="failed", reason=reason, changed_at=plain(now))


def drop_bodies(logbook: Logbook) -> None:
    """Once a message is done on every channel its body goes; the log keeps what it was and when."""
    is_open = select(t.delivery.c.message).where(t.delivery.c.state.in_(("waiting", "sending")))
    m, a = t.message.c, t.attachment.c
    with logbook.engine.begin() as db:
        db.execute(delete(t.attachment).where(a.message.not_in(is_open)))
        db.execute(
            update(t.message).where(m.html.is_not(None), m.id.not_in(is_open)).values(text=None, html=None)
        )


def newest(logbook: Logbook, athlete: str | None, number: int) -> tuple[Delivery, ...]:
    """The newest deliveries, oldest of them first."""
    query = _DELIVERIES.order_by(t.delivery.c.id.desc()).limit(number)
    if athlete is not None:
        query = query.where(t.message.c.athlete == athlete)
    with logbook.engine.connect() as db:
        return tuple(map(_delivery, db.execute(query).mappings()))[::-1]


def one(logbook: Logbook, number: int) -> Delivery:
    with logbook.engine.connect() as db:
        return _delivery(db.execute(_DELIVERIES.where(t.delivery.c.id == number)).mappings().one())


def troubles(logbook: Logbook, since: datetime) -> dict[str, tuple[int, int]]:
    """Athlete → deliveries that failed since then, and those that wait after a failed attempt."""
    d, m = t.delivery.c, t.message.c
    failed = func.count().filter(d.state == "failed", d.changed_at >= plain(since))
    late = func.count().filter(d.state.in_(("waiting", "sending")), d.reason.is_not(None))
    query = select(m.athlete, failed, late).join_from(t.delivery, t.message).group_by(m.athlete)
    with logbook.engine.connect() as db:
        return {athlete: (bad, slow) for athlete, bad, slow in db.execute(query) if bad or slow}


_DELIVERIES = select(
    t.delivery,
    *(t.message.c[name].label(f"message_{name}") for name in ("key", "athlete", "kind", "subject")),
    *(t.message.c[name].label(f"message_{name}") for name in ("created_at", "not_before")),
).join_from(t.delivery, t.message)


def _change(logbook: Logbook, number: int, **values: object) -> None:
    with logbook.engine.begin() as db:
        db.execute(update(t.delivery).where(t.delivery.c.id == number).values(**values))


def _delivery(row: RowMapping) -> Delivery:
    message = Message(
        id=row["message"],
        key=row["message_key"],
        athlete=row["message_athlete"],
        kind=row["message_kind"],
        subject=row["message_subject"],
        created_at=row["message_created_at"].replace(tzinfo=UTC),
        not_before=row["message_not_before"].replace(tzinfo=UTC),
    )
    return Delivery(
        id=row["id"],
        message=message,
        channel=row["channel"],
        label=row["label"],
        state=row["state"],
        attempts=row["attempts"],
        next_try_at=row["next_try_at"].replace(tzinfo=UTC),
        changed_at=row["changed_at"].replace(tzinfo=UTC),
        message_id=row["message_id"],
        reason=row["reason"],
        possibly_repeated=row["possibly_repeated"],
    )
