"""The outbox: what is told, stored as messages. Nothing is lost, nothing is made twice.

A notice is marked as told in the transaction that stores the message carrying it, with a delivery for
each channel. What becomes of those is ``deliveries``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from features.training_log import Athlete, Week
from pipelines.channels import addresses
from pipelines.logbook import notices as notice_rows
from pipelines.logbook import telling_tables as t
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook
from pipelines.logbook.tables import notice as notice_table
from pipelines.logbook.telling import USUAL_CHOICE, Channel, Choice, chosen, open_channels
from pipelines.logbook.upsert import put_new
from reports.alerts import URGENT, WEEKLY_REPORT, Notice

ALERTS, TEST = "alerts", "test"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a mail that is a file: ``report.pdf``, ``application/pdf``; parameters follow after ``; ``."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What is told. An alert message has no words of its own: they are made of its notices when it is sent."""

    id: int
    key: str
    athlete: str
    kind: str
    subject: str | None
    created_at: datetime
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says, as text and for a mail also as HTML and files."""

    text: str
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()


def tell(logbook: Logbook, athlete: Athlete, due: Iterable[Notice], now: datetime) -> tuple[Notice, ...]:
    """Store the notices whose stage was never told, and the message that carries them; return just those.

    At most one message a day: what comes up after the day's message has left goes with the next
    day's. Only what cannot wait gets a message of its own.
    """
    told: list[Notice] = []
    at_once: dict[bool, list[int]] = {True: [], False: []}  # whether urgent → notices
    with logbook.engine.begin() as db:
        choices = chosen(db, athlete.id)
        for notice in due:
            choice = _effective(choices, notice.kind)
            number = notice_rows.put(db, notice, now, choice)
            if number is None:
                continue
            told.append(notice)
            if choice is Choice.AT_ONCE:
                at_once[notice.kind in URGENT].append(number)
        for urgent, numbers in at_once.items():
            if numbers and open_channels(db, athlete.id):
                _carry(db, numbers, _message_with_room(db, athlete, now, urgent))
    return tuple(told)


def _effective(choices: Mapping[str, Choice], kind: str) -> Choice:
    """What waits for a weekly report that is switched off would wait for ever."""
    choice = choices.get(kind, USUAL_CHOICE)
    is_report_off = choices.get(WEEKLY_REPORT) is Choice.OFF
    return Choice.AT_ONCE if choice is Choice.WEEKLY and is_report_off else choice


def queue_week(
    logbook: Logbook, athlete: Athlete, week: Week, subject: str, body: Body, now: datetime
) -> bool:
    """Store the weekly message, once for each week, with the alerts that were to wait for it.

    Returns whether one was stored: not a second time, without a channel, or with the report switched off.
    """
    key = week_key(athlete.id, week)
    with logbook.engine.begin() as db:
        is_off = chosen(db, athlete.id).get(WEEKLY_REPORT) is Choice.OFF
        if is_off or not open_channels(db, athlete.id):
            return False
        number = _put_message(db, key, athlete.id, WEEKLY_REPORT, now, now, subject, body)
        if number is None:
            return False
        n = notice_table.c
        waiting = (n.athlete == athlete.id, n.choice == Choice.WEEKLY, n.message.is_(None))
        db.execute(
            update(notice_table)
            .where(*waiting, n.told_with.is_(None), n.lapsed_at.is_(None))
            .values(message=number)
        )
    return True


def week_key(athlete: str, week: Week) -> str:
    return f"{WEEKLY_REPORT}/{athlete}/{week}"


def is_queued(logbook: Logbook, key: str) -> bool:
    with logbook.engine.connect() as db:
        return db.scalar(select(t.message.c.id).where(t.message.c.key == key)) is not None


def queue_test(logbook: Logbook, channel: Channel, now: datetime) -> int:
    """A message to one channel that says that messages arrive; returns its delivery."""
    words = "This is a test. Messages from Kneewise reach you here."
    with logbook.engine.begin() as db:
        key = f"{TEST}/{channel.id}/{now.isoformat()}"
        number = _put_message(
            db, key, channel.athlete, TEST, now, now, "Kneewise: a test message", Body(words), [channel]
        )
        return int(db.scalars(select(t.delivery.c.id).where(t.delivery.c.message == number)).one())


def notices_of(logbook: Logbook, message: int) -> tuple[Notice, ...]:
    """What one message tells, in the order it came up."""
    n = notice_table.c
    with logbook.engine.connect() as db:
        return notice_rows.found(db, select(notice_table).where(n.message == message).order_by(n.id))


def body_of(logbook: Logbook, message: int) -> Body:
    """The words that were stored with a message; an alert message has none."""
    m, a = t.message.c, t.attachment.c
    parts = select(a.name, a.media_type, a.content).where(a.message == message).order_by(a.name)
    with logbook.engine.connect() as db:
        text, html = db.execute(select(m.text, m.html).where(m.id == message)).one()
        return Body(text or "", html, tuple(Attachment(*row) for row in db.execute(parts)))


def acknowledge(logbook: Logbook, message: int, now: datetime) -> None:
    """The athlete has seen what this message told."""
    n = notice_table.c
    with logbook.engine.begin() as db:
        db.execute(
            update(notice_table)
            .where(n.message == message, n.acknowledged_at.is_(None))
            .values(acknowledged_at=plain(now))
        )


def seen(logbook: Logbook) -> dict[tuple[str, str, str, str], datetime]:
    """(athlete, kind, subject, stage) of what was seen → when first."""
    n = notice_table.c
    query = select(n.athlete, n.kind, n.subject, n.stage, n.acknowledged_at).order_by(
        n.acknowledged_at.desc()
    )
    with logbook.engine.connect() as db:
        found = db.execute(query.where(n.acknowledged_at.is_not(None)))
        return {(*about,): at.replace(tzinfo=UTC) for *about, at in found}


def _message_with_room(db: Connection, athlete: Athlete, now: datetime, urgent: bool) -> int:
    """The day's message, if it has not left; else the next day's, or another one if it cannot wait."""
    zone, d = ZoneInfo(athlete.zone), t.delivery.c
    day, sibling = now.astimezone(zone).date(), 1
    while True:
        key = f"{ALERTS}/{athlete.id}/{day}/{sibling}"
        _put_message(db, key, athlete.id, ALERTS, now, max(now, _midnight(day, zone)))
        number = db.scalars(select(t.message.c.id).where(t.message.c.key == key)).one()
        # held until this is stored, so that no attempt begins with words that lack what is added now
        held = select(d.state, d.attempts).where(d.message == number).with_for_update()
        found = db.execute(held).all()
        if all(state == "waiting" and attempts == 0 for state, attempts in found):
            return int(number)
        if urgent or not any(attempts for _, attempts in found):  # else all its channels were taken away
            sibling += 1
        else:
            day, sibling = day + timedelta(days=1), 1


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _carry(db: Connection, notices: Sequence[int], message: int) -> None:
    db.execute(update(notice_table).where(notice_table.c.id.in_(notices)).values(message=message))


def _put_message(
    db: Connection,
    key: str,
    athlete: str,
    kind: str,
    now: datetime,
    not_before: datetime,
    subject: str | None = None,
    body: Body | None = None,
    to: Sequence[Channel] | None = None,
) -> int | None:
    """A new message with a delivery for each channel; None where its key is taken."""
    row = {
        "key": key,
        "athlete": athlete,
        "kind": kind,
        "subject": subject,
        "text": body and body.text,
        "html": body and body.html,
        "created_at": plain(now),
        "not_before": plain(not_before),
    }
    number = put_new(db, t.message, row, "id")
    if number is None:
        return None
    for part in body.attachments if body else ():
        values = {"name": part.name, "media_type": part.media_type, "content": part.content}
        db.execute(t.attachment.insert().values(message=number, **values))
    for channel in open_channels(db, athlete) if to is None else to:
        db.execute(
            t.delivery.insert().values(
                message=number,
                channel=channel.id,
                label=addresses.label(channel.address),
                state="waiting",
                attempts=0,
                next_try_at=plain(not_before),
                changed_at=plain(now),
                possibly_repeated=False,
            )
        )
    return int(number)
