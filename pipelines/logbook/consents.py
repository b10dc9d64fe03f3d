"""Which coach may see what of whom. Athletes start it, coaches accept, and either can end it at once.

Rows are only ever added: the last one of an athlete and a coach holds, those before it are the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import RowMapping

from pipelines.errors import KneewiseError
from pipelines.logbook.instants import plain
from pipelines.logbook.rights_tables import consent as table
from pipelines.logbook.store import Logbook
from reports.dashboard.viewer import Scope

Change = Literal["accepted", "changed", "revoked", "left"]
NOTHING: frozenset[Scope] = frozenset()


@dataclass(frozen=True, slots=True)
class Consent:
    """One change. ``until`` (exclusive) is None while it holds until it is revoked; ``changed_by`` is an account."""

    athlete: str
    coach: int
    coach_name: str
    change: Change
    scopes: frozenset[Scope]
    until: datetime | None
    changed_at: datetime
    changed_by: int | None

    def holds(self, now: datetime) -> bool:
        return bool(self.scopes) and (self.until is None or now < self.until)


def scopes_of_coach(logbook: Logbook, coach: int, now: datetime) -> Mapping[str, frozenset[Scope]]:
    """Athlete → what they share with this coach now, in one query."""
    c = table.c
    last = select(func.max(c.id)).where(c.coach == coach).group_by(c.athlete)
    standing = (c.scopes != "", c.until.is_(None) | (c.until > plain(now)))
    query = select(c.athlete, c.scopes).where(c.id.in_(last), *standing)
    with logbook.engine.connect() as db:
        return {athlete: scopes_from(words) for athlete, words in db.execute(query)}


def coaches_of(logbook: Logbook, athlete: str, now: datetime) -> tuple[Consent, ...]:
    """What holds now, the newest first."""
    c = table.c
    last = select(func.max(c.id)).where(c.athlete == athlete).group_by(c.coach)
    with logbook.engine.connect() as db:
        found = _found(db, select(table).where(c.id.in_(last)).order_by(c.id.desc()))
    return tuple(consent for consent in found if consent.holds(now))


def history(logbook: Logbook, athlete: str) -> tuple[Consent, ...]:
    """Every change there was, the newest first."""
    query = select(table).where(table.c.athlete == athlete).order_by(table.c.id.desc())
    with logbook.engine.connect() as db:
        return _found(db, query)


def change(
    logbook: Logbook,
    athlete: str,
    coach: int,
    scopes: Iterable[Scope],
    by: int | None,
    now: datetime,
    until: datetime | None = None,
) -> Consent:
    """Share other things with a coach who has access; with no scope it is revoked.

    Raises KneewiseError where that coach has no access: it begins with an offer that the coach accepts.
    """
    wanted = frozenset(scopes)
    return _add(logbook, athlete, coach, "changed" if wanted else "revoked", wanted, until, by, now)


def revoke(logbook: Logbook, athlete: str, coach: int, by: int | None, now: datetime) -> Consent:
    """End a coach's access; the next request of theirs finds nothing. Raises KneewiseError where there is none."""
    return _add(logbook, athlete, coach, "revoked", NOTHING, None, by, now)


def leave(logbook: Logbook, athlete: str, coach: int, now: datetime) -> Consent:
    """The coach gives the access back. Raises KneewiseError where there is none."""
    return _add(logbook, athlete, coach, "left", NOTHING, None, coach, now)


def add(db: Connection, consent: Consent) -> None:
    """Append a change within somebody's transaction."""
    db.execute(
        table.insert().values(
            athlete=consent.athlete,
            coach=consent.coach,
            coach_name=consent.coach_name,
            change=consent.change,
            scopes=words_of(consent.scopes),
            until=None if consent.until is None else plain(consent.until),
            changed_at=plain(consent.changed_at),
            changed_by=consent.changed_by,
        )
    )


def words_of(scopes: Iterable[Scope]) -> str:
    return ",".join(scope for scope in Scope if scope in set(scopes))


def scopes_from(words: str) -> frozenset[Scope]:
    return frozenset(Scope(word) for word in words.split(",") if word)


def _add(
    logbook: Logbook,
    athlete: str,
    coach: int,
    what: Change,
    scopes: frozenset[Scope],
    until: datetime | None,
    by: int | None,
    now: datetime,
) -> Consent:
    c = table.c
    newest = select(table).where(c.athlete == athlete, c.coach == coach).order_by(c.id.desc()).limit(1)
    with logbook.engine.begin() as db:
        before = _found(db, newest)
        if not before or not before[0].holds(now):
            raise KneewiseError("this coach has no access now. Make a new link to share with them.")
        added = Consent(athlete, coach, before[0].coach_name, what, scopes, until, now, by)
        add(db, added)
    return added


def _found(db: Connection, query: object) -> tuple[Consent, ...]:
    return tuple(map(_consent, db.execute(query).mappings()))  # type: ignore[call-overload]


def _consent(row: RowMapping) -> Consent:
    until = row["until"]
    return Consent(
        athlete=row["athlete"],
        coach=row["coach"],
        coach_name=row["coach_name"],
        change=row["change"],
        scopes=scopes_from(row["scopes"]),
        until=None if until is None else until.replace(tzinfo=UTC),
        changed_at=row["changed_at"].replace(tzinfo=UTC),
        changed_by=row["changed_by"],
    )
