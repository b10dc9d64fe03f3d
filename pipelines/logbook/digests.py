"""Coaches' digests in the logbook: one for each coach and week, and how far it has come.

Its words are not stored. They are made anew for every attempt, of what athletes share then, so that nothing waits
here that somebody has taken back. The steps of a delivery are those of ``deliveries``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import delete, select, update

from features.training_log import Week
from pipelines.logbook import accounts
from pipelines.logbook.coach_tables import coach_digest as table
from pipelines.logbook.coach_tables import coach_digest_stop as stops
from pipelines.logbook.deliveries import State
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import put, put_new


@dataclass(frozen=True, slots=True)
class DigestMail:
    """One coach's digest; ``week`` like 2026-W46. ``sending``: an attempt has ended without an answer."""

    account: int
    week: str
    created_at: datetime
    state: State
    attempts: int
    next_try_at: datetime
    changed_at: datetime
    message_id: str | None
    reason: str | None
    possibly_repeated: bool


def queue(logbook: Logbook, account: int, week: Week, now: datetime) -> bool:
    """Store that a digest is to be sent, once for each coach and week; whether it is new."""
    row = {
        "account": account,
        "week": str(week),
        "state": "waiting",
        "attempts": 0,
        "possibly_repeated": False,
    }
    times = dict.fromkeys(("created_at", "next_try_at", "changed_at"), plain(now))
    with logbook.engine.begin() as db:
        return put_new(db, table, {**row, **times}, "account") is not None


def is_queued(logbook: Logbook, account: int, week: Week) -> bool:
    """Whether it was ever queued, whatever has become of it."""
    c = table.c
    with logbook.engine.connect() as db:
        return db.execute(select(c.week).where(c.account == account, c.week == str(week))).first() is not None


def still_open(logbook: Logbook) -> tuple[DigestMail, ...]:
    return tuple(mail for mail in every(logbook) if mail.state in ("waiting", "sending"))


def every(logbook: Logbook) -> tuple[DigestMail, ...]:
    """The oldest first."""
    with logbook.engine.connect() as db:
        rows = [dict(row) for row in db.execute(select(table).order_by(table.c.created_at)).mappings()]
    times = ("created_at", "next_try_at", "changed_at")
    return tuple(DigestMail(**{**row, **{t: row[t].replace(tzinfo=UTC) for t in times}}) for row in rows)


def begin_attempt(logbook: Logbook, mail: DigestMail, message_id: str, now: datetime) -> None:
    """Counted before anything is sent: an attempt that kills the process counts too."""
    repeated = mail.possibly_repeated or mail.state == "sending"
    _change(logbook, mail, now, attempts=mail.attempts + 1, message_id=message_id, possibly_repeated=repeated)


def mark_sending(logbook: Logbook, mail: DigestMail, now: datetime) -> None:
    """The last byte is about to leave: from now on the receiver may have it."""
    _change(logbook, mail, now, state="sending")


def mark_done(
    logbook: Logbook,
    mail: DigestMail,
    state: Literal["sent", "failed", "cancelled"],
    now: datetime,
    reason: str | None = None,
) -> None:
    _change(logbook, mail, now, state=state, reason=reason)


def mark_again(
    logbook: Logbook, mail: DigestMail, state: State, reason: str | None, next_try_at: datetime, now: datetime
) -> None:
    """It is tried again: from ``waiting`` this attempt surely has not arrived, from ``sending`` it may have."""
    _change(logbook, mail, now, state=state, reason=reason, next_try_at=plain(next_try_at))


def stop(logbook: Logbook, account: int, now: datetime) -> None:
    """No more digests for this coach, of whatever still waits either. Nothing, where the account is gone."""
    if accounts.account(logbook, account) is None:
        return
    with logbook.engine.begin() as db:
        put(db, stops, {"account": account}, {"stopped_at": plain(now)})


def start(logbook: Logbook, account: int) -> None:
    with logbook.engine.begin() as db:
        db.execute(delete(stops).where(stops.c.account == account))


def stopped(logbook: Logbook) -> frozenset[int]:
    """The accounts that want none."""
    with logbook.engine.connect() as db:
        return frozenset(db.scalars(select(stops.c.account)))


def _change(logbook: Logbook, mail: DigestMail, now: datetime, **values: object) -> None:
    c = table.c
    with logbook.engine.begin() as db:
        db.execute(
            update(table)
            .where(c.account == mail.account, c.week == mail.week)
            .values(changed_at=plain(now), **values)
        )
