"""Links that let somebody in once: the first admin, an invited athlete or coach, whoever forgot a password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.engine import RowMapping

from pipelines.errors import KneewiseError
from pipelines.logbook.account_tables import invitation as table
from pipelines.logbook.instants import plain
from pipelines.logbook.sessions import hashed
from pipelines.logbook.store import Logbook

Role = Literal["setup", "athlete", "coach", "password"]
USED_UP = "this link was used already, or it is too old. Ask for a new one."
GOOD_FOR: dict[Role, timedelta] = {
    "setup": timedelta(hours=24),
    "athlete": timedelta(days=14),
    "coach": timedelta(days=14),
    "password": timedelta(hours=24),
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """``email`` and ``athlete`` are settled where they are told; ``account`` is whose password is chosen anew."""

    id: int
    role: Role
    email: str | None
    athlete: str | None
    account: int | None
    expires_at: datetime


def invite(
    logbook: Logbook,
    role: Role,
    now: datetime,
    *,
    email: str | None = None,
    athlete: str | None = None,
    account: int | None = None,
) -> str:
    """A new link's token, shown this once. Of set-up links, and of links for one password, the newest alone opens."""
    token = secrets.token_urlsafe(32)
    values = {"email": email, "athlete": athlete, "account": account, "created_at": plain(now)}
    with logbook.engine.begin() as db:
        if role in ("setup", "password"):
            same = (
                table.c.role == role,
                table.c.account.is_not_distinct_from(account),
                table.c.used_at.is_(None),
            )
            db.execute(delete(table).where(*same))
        until = plain(now + GOOD_FOR[role])
        db.execute(table.insert().values(token_sha256=hashed(token), role=role, expires_at=until, **values))
    return token


def read(logbook: Logbook, token: str, now: datetime) -> Invitation | None:
    """What a token opens; None where it is none, was used or revoked, or is too old."""
    with logbook.engine.connect() as db:
        row = (
            db.execute(select(table).where(table.c.token_sha256 == hashed(token), *_open(now)))
            .mappings()
            .first()
        )
    return None if row is None else _invitation(row)


def use(db: Connection, invitation: Invitation, now: datetime) -> None:
    """Use a link up within the transaction of what it is used for. Raises KneewiseError where it is not open any more."""
    done = db.execute(
        update(table).where(table.c.id == invitation.id, *_open(now)).values(used_at=plain(now))
    )
    if not done.rowcount:
        raise KneewiseError(USED_UP)


def revoke(logbook: Logbook, number: int) -> None:
    with logbook.engine.begin() as db:
        db.execute(delete(table).where(table.c.id == number, table.c.used_at.is_(None)))


def open_ones(logbook: Logbook, now: datetime) -> tuple[Invitation, ...]:
    """Those that can still be used, the newest first."""
    with logbook.engine.connect() as db:
        found = db.execute(select(table).where(*_open(now)).order_by(table.c.id.desc()))
        return tuple(map(_invitation, found.mappings()))


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (table.c.used_at.is_(None), table.c.expires_at > plain(now))


def _invitation(row: RowMapping) -> Invitation:
    return Invitation(
        id=row["id"],
        role=row["role"],
        email=row["email"],
        athlete=row["athlete"],
        account=row["account"],
        expires_at=row["expires_at"].replace(tzinfo=UTC),
    )
