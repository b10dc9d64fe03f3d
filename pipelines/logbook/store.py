"""Opens the logbook and answers for what people told us: athletes, check-ins, notices.

The store is transactional: embedded (SQLite), or a server (PostgreSQL). Each public method is one transaction.
Shoes, efforts, surfaces, questionnaires and decisions have files of their own.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Connection, Engine, delete, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import DBAPIError

from features.training_log import Athlete, CheckIn, Injury
from pipelines.errors import KneewiseError
from pipelines.logbook import changes, rows
from pipelines.logbook import place as place_of
from pipelines.logbook import tables as t
from pipelines.logbook.instants import plain
from pipelines.logbook.place import Place
from pipelines.logbook.upsert import columns, put
from reports.alerts import Notice

LATEST = "0010"  # a test holds this to the newest migration


class Logbook:
    """What people told us, kept apart from everything that can be derived again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # --- athletes -------------------------------------------------------------

    def add_athlete(self, athlete: Athlete) -> Athlete:
        """Store a new athlete with their injuries. Raises KneewiseError if the id is taken or
        the zone is unknown."""
        with self.engine.begin() as db:
            add_athlete(db, athlete)
        return athlete

    def change_athlete(self, athlete: Athlete) -> None:
        """Store a profile anew; injuries have doors of their own. Raises KneewiseError for an unknown zone."""
        check_zone(athlete.zone)
        with self.engine.begin() as db:
            db.execute(
                update(t.athlete).where(t.athlete.c.id == athlete.id).values(rows.profile_values(athlete))
            )

    def put_injuries(self, injuries: Sequence[Injury]) -> None:
        """Store injuries, all or none; a second one of that body part and side from the same day replaces
        the first."""
        with self.engine.begin() as db:
            for injury in injuries:
                db.execute(delete(t.injury).where(*_same_injury(injury)))
                db.execute(t.injury.insert().values(**rows.injury_values(injury)))

    def put_injury(self, injury: Injury) -> None:
        self.put_injuries([injury])

    def drop_injury(self, injury: Injury) -> None:
        """Take an injury back, as if it had never been told."""
        with self.engine.begin() as db:
            db.execute(delete(t.injury).where(*_same_injury(injury)))

    def athletes(self, ids: Collection[str] | None = None) -> tuple[Athlete, ...]:
        """Everyone, or those of ``ids`` that there are, by id."""
        people, injuries = select(t.athlete), select(t.injury)
        if ids is not None:
            people, injuries = (
                people.where(t.athlete.c.id.in_(ids)),
                injuries.where(t.injury.c.athlete.in_(ids)),
            )
        theirs: dict[str, list[RowMapping]] = {}
        with self.engine.connect() as db:
            for injury in db.execute(injuries.order_by(t.injury.c.started_on)).mappings():
                theirs.setdefault(injury["athlete"], []).append(injury)
            found = db.execute(people.order_by(t.athlete.c.id)).mappings().all()
        return tuple(rows.athlete(row, theirs.get(row["id"], [])) for row in found)

    def athlete(self, athlete_id: str | None) -> Athlete:
        """One athlete by id or name; with ``None`` the only one there is.

        Raises KneewiseError naming those there are.
        """
        if athlete_id is not None and (named := self.athletes([athlete_id])):
            return named[0]
        everyone = self.athletes()
        if not everyone:
            raise KneewiseError("there is no athlete yet. Add one: kneewise athlete add NAME")
        if athlete_id is None:
            if len(everyone) == 1:
                return everyone[0]
            names = ", ".join(a.id for a in everyone)
            raise KneewiseError(f"there are several athletes: {names}. Say which one with --athlete.")
        fitting = [a for a in everyone if a.name == athlete_id]
        if len(fitting) > 1:
            ids = ", ".join(a.id for a in fitting)
            raise KneewiseError(f"several athletes are called {athlete_id!r}: {ids}. Give the id.")
        if fitting:
            return fitting[0]
        names = ", ".join(a.id for a in everyone)
        raise KneewiseError(f"no athlete is called {athlete_id!r}. Known: {names}.")

    # --- check-ins ------------------------------------------------------------

    def put_check_ins(self, check_ins: Sequence[CheckIn]) -> None:
        """Store check-ins, all or none; a second one for the same day replaces the first."""
        with self.engine.begin() as db:
            for values in map(rows.check_in_values, check_ins):
                put(db, t.check_in, *columns(values, ("athlete", "day")))

    def put_check_in(self, check_in: CheckIn) -> None:
        self.put_check_ins([check_in])

    def drop_check_in(self, athlete: str, day: date) -> bool:
        """Take back what was told of a day; whether there was anything."""
        c = t.check_in.c
        with self.engine.begin() as db:
            return db.execute(delete(t.check_in).where(c.athlete == athlete, c.day == day)).rowcount > 0

    def check_ins(self, athlete: str, first: date, last: date) -> tuple[CheckIn, ...]:
        """Check-ins of the days ``first`` to ``last``, both inclusive, oldest first."""
        c = t.check_in.c
        query = select(t.check_in).where(c.athlete == athlete, c.day.between(first, last)).order_by(c.day)
        with self.engine.connect() as db:
            return tuple(rows.check_in(row) for row in db.execute(query).mappings())

    # --- all of it ------------------------------------------------------------

    def everything_told(self) -> dict[str, list[dict[str, object]]]:
        """All rows of all tables but those of what we tell, by table: what the warehouse copies,
        and what verdicts rest on."""
        with self.engine.connect() as db:
            return {
                table.name: [
                    dict(row) for row in db.execute(select(table).order_by(*table.primary_key)).mappings()
                ]
                for table in t.metadata.sorted_tables
                if not table.info.get("ours")
            }

    def change(self) -> int:
        """Another number whenever anything that pages show was written since, by any process."""
        return changes.number(self.engine)

    # --- notices --------------------------------------------------------------

    def lapse(self, athlete: str, kind: str, subject: str, standing: Collection[str]) -> None:
        """Let all stages but those ``standing`` be told again: what they were measured by has changed."""
        c = t.notice.c
        told = (c.athlete == athlete, c.kind == kind, c.subject == subject, c.lapsed_at.is_(None))
        with self.engine.begin() as db:
            db.execute(
                update(t.notice)
                .where(*told, c.stage.not_in(standing))
                .values(lapsed_at=plain(datetime.now(UTC)))
            )

    def notices(self, athlete: str | None = None) -> tuple[tuple[Notice, datetime], ...]:
        """Every notice told so far with the time (UTC) it was told, oldest first."""
        query = select(t.notice).where(t.notice.c.told_with.is_(None)).order_by(t.notice.c.id)
        if athlete is not None:
            query = query.where(t.notice.c.athlete == athlete)
        with self.engine.connect() as db:
            return tuple(
                (rows.notice(row), row["told_at"].replace(tzinfo=UTC)) for row in db.execute(query).mappings()
            )


@contextmanager
def open_logbook(place: Place) -> Iterator[Logbook]:
    """The logbook in a file or at a URL, created or migrated to the latest shape first.

    Raises KneewiseError if there is none to be had.
    """
    engine = place_of.engine_of(place)
    try:
        try:
            with engine.begin() as db:
                if place_of.shape(db) != LATEST:
                    # all of it or nothing, and once: whoever waited here finds it done
                    place_of.take_turns(db)
                    if place_of.shape(db) != LATEST:
                        _migrate(db)
        except DBAPIError as error:
            raise KneewiseError(place_of.refusal(engine, error)) from error
        changes.count_changes(engine)
        yield Logbook(engine)
    finally:
        engine.dispose()


def add_athlete(db: Connection, athlete: Athlete) -> None:
    """Store a new athlete within somebody's transaction. Raises KneewiseError if the id is taken or the zone unknown."""
    check_zone(athlete.zone)
    if db.scalar(select(t.athlete.c.id).where(t.athlete.c.id == athlete.id)):
        raise KneewiseError(
            f"there is already an athlete {athlete.id!r}; choose another id with --id, "
            "or see `kneewise athlete show`."
        )
    db.execute(t.athlete.insert().values(id=athlete.id, **rows.profile_values(athlete)))
    for injury in athlete.injuries:
        db.execute(t.injury.insert().values(**rows.injury_values(injury)))


def _same_injury(injury: Injury) -> tuple[ColumnElement[bool], ...]:
    c = t.injury.c
    return (
        *(c.athlete == injury.athlete, c.body_part == injury.body_part),
        *(c.side.is_not_distinct_from(injury.side), c.started_on == injury.started_on),
    )


def slug(name: str) -> str:
    """An id from a name: ``Mara Lind`` → ``mara-lind``; a name without Latin letters gets a short hash.

    Raises KneewiseError for a name of nothing.
    """
    if not name.strip():
        raise KneewiseError("a name needs at least one letter.")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    letters = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return letters or f"id-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def check_zone(zone: str) -> str:
    """The zone, if it is one. Raises KneewiseError."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise KneewiseError(f"{zone!r} is not a time zone; it looks like Europe/Berlin.") from error
    return zone


def _migrate(db: Connection) -> None:
    from alembic import command  # only when there is something to migrate: it is slow to import
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "pipelines.logbook:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = db
    command.upgrade(config, "head")
