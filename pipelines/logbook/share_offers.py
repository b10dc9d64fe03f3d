"""How a coach gets access: the athlete makes a link, and the coach who opens it signed in accepts.

No address is asked for, so nobody can find out who has an account. A link works once, and not for long; of its
code only the hash is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.engine import RowMapping

from pipelines.errors import KneewiseError
from pipelines.logbook import consents
from pipelines.logbook.consents import Consent
from pipelines.logbook.instants import plain
from pipelines.logbook.rights_tables import share_offer as table
from pipelines.logbook.store import Logbook
from pipelines.logbook.tables import athlete as athlete_table
from reports.dashboard.viewer import Scope

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one link would give to the coach who accepts it."""

    id: int
    athlete: str
    athlete_name: str
    scopes: frozenset[Scope]
    until: datetime | None
    made_at: datetime
    expires_at: datetime


def offer(
    logbook: Logbook, athlete: str, scopes: Iterable[Scope], now: datetime, until: datetime | None = None
) -> str:
    """Make a link's code; it is not kept and cannot be shown again. Raises KneewiseError for nothing to share."""
    wanted = frozenset(scopes)
    if not wanted:
        raise KneewiseError("choose at least one thing to share.")
    if until is not None and until <= now:
        raise KneewiseError("the day on which sharing ends is over already.")
    code = secrets.token_urlsafe(24)
    values = {
        "athlete": athlete,
        "code_sha256": _hashed(code),
        "scopes": consents.words_of(wanted),
        "until": None if until is None else plain(until),
        "made_at": plain(now),
        "expires_at": plain(now + GOOD_FOR),
    }
    with logbook.engine.begin() as db:
        db.execute(table.insert().values(values))
    return code


def open_offers(logbook: Logbook, athlete: str, now: datetime) -> tuple[Offer, ...]:
    """Links that a coach could still accept, the newest first."""
    query = _OFFERS.where(table.c.athlete == athlete, _is_open(now)).order_by(table.c.id.desc())
    with logbook.engine.connect() as db:
        return tuple(map(_offer, db.execute(query).mappings()))


def behind(logbook: Logbook, code: str, now: datetime) -> Offer | None:
    """What a link offers; None where it was never made, was used, taken back or is too old."""
    with logbook.engine.connect() as db:
        found = db.execute(_OFFERS.where(table.c.code_sha256 == _hashed(code), _is_open(now)))
        row = found.mappings().first()
    return None if row is None else _offer(row)


def accept(logbook: Logbook, code: str, coach: int, coach_name: str, now: datetime) -> Consent:
    """The coach's yes: the link is spent and what it offers holds, both or neither. Raises KneewiseError."""
    offered = behind(logbook, code, now)
    spent = update(table).where(table.c.code_sha256 == _hashed(code), _is_open(now))
    with logbook.engine.begin() as db:
        if offered is None or db.execute(spent.values(taken_at=plain(now))).rowcount != 1:
            raise KneewiseError("this link was used, taken back or is too old. Ask for a new one.")
        given = Consent(
            athlete=offered.athlete,
            coach=coach,
            coach_name=coach_name,
            change="accepted",
            scopes=offered.scopes,
            until=offered.until,
            changed_at=now,
            changed_by=coach,
        )
        consents.add(db, given)
    return given


def withdraw(logbook: Logbook, athlete: str, number: int, now: datetime) -> None:
    """Take a link back before anybody used it; one that is gone already stays so."""
    mine = (table.c.id == number, table.c.athlete == athlete, _is_open(now))
    with logbook.engine.begin() as db:
        db.execute(update(table).where(*mine).values(withdrawn_at=plain(now)))


_OFFERS = select(table, athlete_table.c.name.label("athlete_name")).join_from(table, athlete_table)


def _is_open(now: datetime) -> ColumnElement[bool]:
    c = table.c
    return c.taken_at.is_(None) & c.withdrawn_at.is_(None) & (c.expires_at > plain(now))


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _offer(row: RowMapping) -> Offer:
    until = row["until"]
    return Offer(
        id=row["id"],
        athlete=row["athlete"],
        athlete_name=row["athlete_name"],
        scopes=consents.scopes_from(row["scopes"]),
        until=None if until is None else until.replace(tzinfo=UTC),
        made_at=row["made_at"].replace(tzinfo=UTC),
        expires_at=row["expires_at"].replace(tzinfo=UTC),
    )
