"""Accounts: who may sign in, and as whom. A mail address belongs to one account, however it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError

from pipelines.errors import KneewiseError
from pipelines.logbook.account_tables import account as table
from pipelines.logbook.account_tables import login_session
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook

_EMAIL = re.compile(r"[^\s@<>\"',;:\\]{1,64}@[^\s@<>\"',;:\\]{1,189}")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Account:
    """``athlete`` is the athlete that this person is, if any."""

    id: int
    name: str
    email: str
    is_admin: bool
    is_coach: bool
    athlete: str | None
    zone: str
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewAccount:
    name: str
    email: str
    password_hash: str
    is_admin: bool = False
    is_coach: bool = False
    athlete: str | None = None
    zone: str = "UTC"


def add(db: Connection, new: NewAccount, now: datetime) -> int:
    """Store an account within somebody's transaction; its number. Raises KneewiseError where the address or
    the athlete has one already."""
    values = {
        "name": new.name,
        "email": new.email,
        "email_key": email_key(new.email),
        "password_hash": new.password_hash,
        "is_admin": new.is_admin,
        "is_coach": new.is_coach,
        "athlete": new.athlete,
        "zone": new.zone,
        "created_at": plain(now),
    }
    try:
        db.execute(table.insert().values(values))
    except IntegrityError as error:
        raise KneewiseError(
            "there is an account with this e-mail address or for this athlete already. Sign in with it, or ask "
            "your admin for a link to choose its password anew."
        ) from error
    return int(db.scalars(select(table.c.id).where(table.c.email_key == values["email_key"])).one())


def accounts(logbook: Logbook) -> tuple[Account, ...]:
    """Everyone, the oldest account first."""
    with logbook.engine.connect() as db:
        return tuple(map(account_from, db.execute(select(table).order_by(table.c.id)).mappings()))


def are_there_any(logbook: Logbook) -> bool:
    with logbook.engine.connect() as db:
        return are_any(db)


def are_any(db: Connection) -> bool:
    return db.execute(select(table.c.id).limit(1)).first() is not None


def account(logbook: Logbook, number: int) -> Account | None:
    with logbook.engine.connect() as db:
        row = db.execute(select(table).where(table.c.id == number)).mappings().first()
    return None if row is None else account_from(row)


def by_email(logbook: Logbook, email: str) -> Account:
    """Raises KneewiseError where there is none."""
    found = [one for one in accounts(logbook) if email_key(one.email) == email_key(email)]
    if not found:
        raise KneewiseError(f"no account has the e-mail address {email!r}. See: kneewise users list")
    return found[0]


def password_hash(logbook: Logbook, email: str) -> tuple[int, str] | None:
    """Number and hash of the account that may sign in with this address."""
    c = table.c
    query = select(c.id, c.password_hash).where(c.email_key == email_key(email), c.disabled_at.is_(None))
    with logbook.engine.connect() as db:
        row = db.execute(query).first()
    return None if row is None else (int(row[0]), str(row[1]))


def set_password(db: Connection, number: int, hashed: str) -> None:
    db.execute(update(table).where(table.c.id == number).values(password_hash=hashed))


def disable(logbook: Logbook, number: int, now: datetime) -> None:
    """End an account's sessions and let it sign in no more. Raises KneewiseError for the last admin."""
    with logbook.engine.begin() as db:
        db.execute(update(table).where(table.c.id == number).values(disabled_at=plain(now)))
        _end_sessions(db, number)
        _hold_to_one_admin(db)


def enable(logbook: Logbook, number: int) -> None:
    with logbook.engine.begin() as db:
        db.execute(update(table).where(table.c.id == number).values(disabled_at=None))


def set_roles(logbook: Logbook, number: int, *, is_admin: bool, is_coach: bool) -> None:
    """Whoever may do something else from now on signs in anew. Raises KneewiseError for the last admin."""
    other = (table.c.is_admin != is_admin) | (table.c.is_coach != is_coach)
    with logbook.engine.begin() as db:
        done = db.execute(
            update(table).where(table.c.id == number, other).values(is_admin=is_admin, is_coach=is_coach)
        )
        if done.rowcount:
            _end_sessions(db, number)
        _hold_to_one_admin(db)


def email_key(email: str) -> str:
    return email.strip().casefold()


def check_email(email: str) -> str:
    """The address without spaces around it. Raises KneewiseError for what is none."""
    told = email.strip()
    if not _EMAIL.fullmatch(told):
        raise KneewiseError(f"{told[:80]!r} is not an e-mail address; it looks like ada@example.org.")
    return told


def check_name(name: str) -> str:
    """A person's name in one line. Raises KneewiseError for one of nothing, or too long."""
    told = " ".join(name.split())
    if not 1 <= len(told) <= LONGEST_NAME or not told.isprintable():
        raise KneewiseError(f"a name has 1 to {LONGEST_NAME} letters.")
    return told


def account_from(row: RowMapping) -> Account:
    disabled = row["disabled_at"]
    return Account(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        is_admin=row["is_admin"],
        is_coach=row["is_coach"],
        athlete=row["athlete"],
        zone=row["zone"],
        created_at=row["created_at"].replace(tzinfo=UTC),
        disabled_at=None if disabled is None else disabled.replace(tzinfo=UTC),
    )


def _end_sessions(db: Connection, number: int) -> None:
    db.execute(delete(login_session).where(login_session.c.account == number))


def _hold_to_one_admin(db: Connection) -> None:
    able = select(func.count()).where(table.c.is_admin, table.c.disabled_at.is_(None))
    if not db.scalar(able):
        raise KneewiseError(
            "this is the only admin. Make somebody else one first: kneewise users make-admin EMAIL"
        )
