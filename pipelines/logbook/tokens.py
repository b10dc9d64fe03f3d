"""API tokens of an athlete: for uploading or for reading, never both. Of each only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import exists, select, update
from sqlalchemy.engine import RowMapping

from pipelines.errors import KneewiseError
from pipelines.logbook.account_tables import account
from pipelines.logbook.instants import plain
from pipelines.logbook.rights_tables import api_token as table
from pipelines.logbook.store import Logbook

Kind = Literal["upload", "read"]
KINDS: tuple[Kind, ...] = ("upload", "read")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Token:
    """What a token may do and for whom; the token itself is known only to whoever it was shown to."""

    id: int
    athlete: str
    kind: Kind
    name: str
    made_at: datetime
    expires_at: datetime | None
    last_used_on: date | None
    revoked_at: datetime | None

    def works(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def make(
    logbook: Logbook, athlete: str, kind: Kind, name: str, now: datetime, good_for: timedelta | None
) -> str:
    """A new token, shown this once. It begins with ``kneewise_`` so that scanners for lost secrets know it.

    Raises KneewiseError for a name of nothing, or one too long.
    """
    called = " ".join(name.split())
    if not 1 <= len(called) <= LONGEST_NAME:
        raise KneewiseError(f"a token needs a name of 1 to {LONGEST_NAME} letters, to know it again by.")
    token = f"kneewise_{kind}_{secrets.token_urlsafe(32)}"
    values = {
        "athlete": athlete,
        "kind": kind,
        "name": called,
        "sha256": _hashed(token),
        "made_at": plain(now),
        "expires_at": None if good_for is None else plain(now + good_for),
    }
    with logbook.engine.begin() as db:
        db.execute(table.insert().values(values))
    return token


def check(logbook: Logbook, token: str, now: datetime) -> Token | None:
    """The token that this is, and that it was used today; None where it is none, ended or revoked, or where its
    athlete's account was disabled.

    Written at most once a day, so that a script that asks often does not make the logbook busy.
    """
    closed = exists().where(account.c.athlete == table.c.athlete, account.c.disabled_at.is_not(None))
    with logbook.engine.connect() as db:
        row = db.execute(select(table).where(table.c.sha256 == _hashed(token), ~closed)).mappings().first()
    found = None if row is None else _token(row)
    if found is None or not found.works(now):
        return None
    today = now.astimezone(UTC).date()
    if found.last_used_on != today:
        with logbook.engine.begin() as db:
            db.execute(update(table).where(table.c.id == found.id).values(last_used_on=today))
    return found


def revoke(logbook: Logbook, athlete: str, number: int, now: datetime) -> None:
    """From now on it opens nothing; one that was revoked before stays as it was."""
    mine = (table.c.id == number, table.c.athlete == athlete, table.c.revoked_at.is_(None))
    with logbook.engine.begin() as db:
        db.execute(update(table).where(*mine).values(revoked_at=plain(now)))


def tokens(logbook: Logbook, athlete: str) -> tuple[Token, ...]:
    """All of an athlete's, the newest first."""
    query = select(table).where(table.c.athlete == athlete).order_by(table.c.id.desc())
    with logbook.engine.connect() as db:
        return tuple(map(_token, db.execute(query).mappings()))


def _hashed(token: str) -> str:
    """A plain hash is enough: there is nothing to guess in 32 random bytes."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(row: RowMapping) -> Token:
    return Token(
        id=row["id"],
        athlete=row["athlete"],
        kind=row["kind"],
        name=row["name"],
        made_at=row["made_at"].replace(tzinfo=UTC),
        expires_at=_in_utc(row["expires_at"]),
        last_used_on=row["last_used_on"],
        revoked_at=_in_utc(row["revoked_at"]),
    )


def _in_utc(stored: datetime | None) -> datetime | None:
    return None if stored is None else stored.replace(tzinfo=UTC)
