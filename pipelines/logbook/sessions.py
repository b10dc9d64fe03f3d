"""Browser sessions: a random token that only the browser has, its hash kept here; used up by time, ended at once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, update

from pipelines.logbook import account_tables as t
from pipelines.logbook.accounts import Account, account_from
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook

ABSOLUTE = timedelta(days=30)  # however much it is used
IDLE = timedelta(days=7)
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Session:
    """``id`` names a session without giving it away."""

    id: str
    created_at: datetime
    seen_at: datetime


def start(db: Connection, account: int, now: datetime) -> str:
    """A new session within somebody's transaction; its token, which is kept nowhere here."""
    token = secrets.token_urlsafe(32)
    values = {"created_at": plain(now), "seen_at": plain(now), "expires_at": plain(now + ABSOLUTE)}
    db.execute(delete(t.login_session).where(_is_over(now)))
    db.execute(t.login_session.insert().values(token_sha256=hashed(token), account=account, **values))
    return token


def account_of(logbook: Logbook, token: str, now: datetime) -> Account | None:
    """Whose session that is; None where it is none, over, or its account was disabled."""
    s = t.login_session.c
    mine = (s.token_sha256 == hashed(token), ~_is_over(now), t.account.c.disabled_at.is_(None))
    query = select(s.seen_at, t.account).join(t.account, t.account.c.id == s.account).where(*mine)
    with logbook.engine.connect() as db:
        row = db.execute(query).mappings().first()
    if row is None:
        return None
    if plain(now) - row["seen_at"] >= SEEN_EVERY:
        with logbook.engine.begin() as db:
            db.execute(
                update(t.login_session).where(s.token_sha256 == hashed(token)).values(seen_at=plain(now))
            )
    return account_from(row)


def end(logbook: Logbook, token: str) -> None:
    with logbook.engine.begin() as db:
        db.execute(delete(t.login_session).where(t.login_session.c.token_sha256 == hashed(token)))


def end_all(db: Connection, account: int) -> None:
    db.execute(delete(t.login_session).where(t.login_session.c.account == account))


def sessions_of(logbook: Logbook, account: int, now: datetime) -> tuple[Session, ...]:
    """Those that are not over, the newest first."""
    s = t.login_session.c
    query = select(t.login_session).where(s.account == account, ~_is_over(now)).order_by(s.created_at.desc())
    with logbook.engine.connect() as db:
        return tuple(
            Session(
                id=row["token_sha256"][:16],
                created_at=row["created_at"].replace(tzinfo=UTC),
                seen_at=row["seen_at"].replace(tzinfo=UTC),
            )
            for row in db.execute(query).mappings()
        )


def hashed(token: str) -> str:
    """A plain hash is enough: there is nothing to guess in 32 random bytes."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _is_over(now: datetime) -> ColumnElement[bool]:
    s = t.login_session.c
    return (s.expires_at <= plain(now)) | (s.seen_at <= plain(now - IDLE))
