"""Opens the logbook and answers for what people told us: athletes, check-ins, notices.

The store is transactional and embedded (SQLite); each public method is one transaction.
Shoes have a file of their own, ``shoes.py``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import DatabaseError

from features.training_log import Athlete, CheckIn, Injury, Onset, Sex, Side, Symptom
from pipelines.errors import KneewiseError
from pipelines.logbook import tables as t
from reports.alerts import Notice

LATEST = "0001"  # a test holds this to the newest migration


class Logbook:
    """What people told us, kept apart from everything that can be derived again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # --- athletes -------------------------------------------------------------

    def add_athlete(self, athlete: Athlete) -> Athlete:
        """Store a new athlete with their injuries. Raises KneewiseError if the id is taken or
        the zone is unknown."""
        check_zone(athlete.zone)
        with self.engine.begin() as db:
            if db.scalar(select(t.athlete.c.id).where(t.athlete.c.id == athlete.id)):
                raise KneewiseError(
                    f"there is already an athlete {athlete.id!r}; choose another id with --id, "
                    "or see `kneewise athlete show`."
                )
            db.execute(
                t.athlete.insert().values(
                    id=athlete.id,
                    name=athlete.name,
                    zone=athlete.zone,
                    birth_year=athlete.birth_year,
                    sex=athlete.sex,
                    mass_kg=athlete.mass_kg,
                    units=athlete.units,
                    equipment=_joined(athlete.equipment),
                )
            )
            for injury in athlete.injuries:
                db.execute(t.injury.insert().values(**_injury_values(injury)))
        return athlete

    def athletes(self) -> tuple[Athlete, ...]:
        """Everyone, by id."""
        with self.engine.connect() as db:
            rows = db.execute(select(t.athlete).order_by(t.athlete.c.id)).mappings().all()
            injuries = db.execute(select(t.injury).order_by(t.injury.c.started_on)).mappings().all()
        return tuple(_athlete(row, [i for i in injuries if i["athlete"] == row["id"]]) for row in rows)

    def athlete(self, athlete_id: str | None) -> Athlete:
        """One athlete by id or name; with ``None`` the only one there is.

        Raises KneewiseError naming those there are.
        """
        everyone = self.athletes()
        if not everyone:
            raise KneewiseError("there is no athlete yet. Add one: kneewise athlete add NAME")
        if athlete_id is None:
            if len(everyone) == 1:
                return everyone[0]
            names = ", ".join(a.id for a in everyone)
            raise KneewiseError(f"there are several athletes: {names}. Say which one with --athlete.")
        fitting = [a for a in everyone if a.id == athlete_id] or [a for a in everyone if a.name == athlete_id]
        if len(fitting) > 1:
            ids = ", ".join(a.id for a in fitting)
            raise KneewiseError(f"several athletes are called {athlete_id!r}: {ids}. Give the id.")
        if fitting:
            return fitting[0]
        names = ", ".join(a.id for a in everyone)
        raise KneewiseError(f"no athlete is called {athlete_id!r}. Known: {names}.")

    # --- check-ins ------------------------------------------------------------

    def put_check_in(self, check_in: CheckIn) -> None:
        """Store a check-in; a second one for the same day replaces the first."""
        values = {
            "athlete": check_in.athlete,
            "day": check_in.day,
            "pain_running": check_in.pain_running,
            "pain_after": check_in.pain_after,
            "pain_next_morning": check_in.pain_next_morning,
            "side": check_in.side,
            "onset": check_in.onset,
            "symptoms": _joined(check_in.symptoms),
            "can_bear_weight": check_in.can_bear_weight,
            "after_trauma": check_in.after_trauma,
            "note": check_in.note,
        }
        with self.engine.begin() as db:
            statement = insert(t.check_in).values(values)
            db.execute(
                statement.on_conflict_do_update(
                    index_elements=["athlete", "day"],
                    set_={k: v for k, v in values.items() if k not in ("athlete", "day")},
                )
            )

    def check_ins(self, athlete: str, first: date, last: date) -> tuple[CheckIn, ...]:
        """Check-ins of the days ``first`` to ``last``, both inclusive, oldest first."""
        c = t.check_in.c
        query = select(t.check_in).where(c.athlete == athlete, c.day.between(first, last)).order_by(c.day)
        with self.engine.connect() as db:
            return tuple(_check_in(row) for row in db.execute(query).mappings())

    # --- all of it ------------------------------------------------------------

    def everything_told(self) -> dict[str, list[dict[str, object]]]:
        """All rows of all tables but the notices (those we told), by table: what the warehouse
        copies, and what verdicts rest on."""
        with self.engine.connect() as db:
            return {
                table.name: [dict(row) for row in db.execute(select(table)).mappings()]
                for table in t.metadata.sorted_tables
                if table is not t.notice
            }

    # --- notices --------------------------------------------------------------

    def tell_once(self, notices: Iterable[Notice]) -> tuple[Notice, ...]:
        """Store the notices whose stage was never told; return just those.

        The lower stages that a notice covers count as told with it.
        """
        return tuple(notice for notice in notices if self._tell(notice))

    def _tell(self, notice: Notice) -> bool:
        told_at = datetime.now(UTC).replace(tzinfo=None)
        with self.engine.begin() as db:
            is_new = False
            for stage in notice.covers:
                statement = insert(t.notice).values(
                    athlete=notice.athlete,
                    kind=notice.kind,
                    subject=notice.subject,
                    stage=stage,
                    day=notice.day,
                    text=notice.text,
                    told_at=told_at,
                    told_with=None if stage == notice.stage else notice.stage,
                )
                stored = db.execute(statement.on_conflict_do_nothing()).rowcount > 0
                is_new = is_new or (stored and stage == notice.stage)
        return is_new

    def notices(self, athlete: str | None = None) -> tuple[tuple[Notice, datetime], ...]:
        """Every notice told so far with the time (UTC) it was told, oldest first."""
        query = select(t.notice).where(t.notice.c.told_with.is_(None)).order_by(t.notice.c.id)
        if athlete is not None:
            query = query.where(t.notice.c.athlete == athlete)
        with self.engine.connect() as db:
            return tuple(
                (_notice(row), row["told_at"].replace(tzinfo=UTC)) for row in db.execute(query).mappings()
            )


@contextmanager
def open_logbook(path: Path) -> Iterator[Logbook]:
    """The logbook at ``path``, created or migrated to the latest shape first."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _sqlite_manners)
    try:
        try:
            with engine.begin() as db:
                if _shape(db) != LATEST:
                    _migrate(db)
        except DatabaseError as error:
            raise KneewiseError(
                f"{path} cannot be read as a logbook ({error.orig}). It holds what people told and cannot be "
                "made again: restore it from a backup, or move it away to start anew."
            ) from error
        yield Logbook(engine)
    finally:
        engine.dispose()


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


def _sqlite_manners(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma foreign_keys = on")
    cursor.execute("pragma busy_timeout = 5000")
    cursor.close()


def _shape(db: Connection) -> str | None:
    known = db.exec_driver_sql("select name from sqlite_master where name = 'alembic_version'").first()
    return db.exec_driver_sql("select version_num from alembic_version").scalar() if known else None


def _migrate(db: Connection) -> None:
    from alembic import command  # only when there is something to migrate: it is slow to import
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "pipelines.logbook:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = db
    command.upgrade(config, "head")


def _joined(words: Iterable[str]) -> str:
    return ",".join(sorted(words))


def _split(words: str) -> frozenset[str]:
    return frozenset(filter(None, words.split(",")))


def _injury_values(injury: Injury) -> dict[str, object]:
    return {
        "athlete": injury.athlete,
        "body_part": injury.body_part,
        "side": injury.side,
        "started_on": injury.started_on,
        "ended_on": injury.ended_on,
        "note": injury.note,
    }


def _athlete(row: RowMapping, injuries: Sequence[RowMapping]) -> Athlete:
    return Athlete(
        id=row["id"],
        name=row["name"],
        zone=row["zone"],
        birth_year=row["birth_year"],
        sex=None if row["sex"] is None else Sex(row["sex"]),
        mass_kg=row["mass_kg"],
        units=row["units"],
        equipment=_split(row["equipment"]),
        injuries=tuple(
            Injury(
                athlete=i["athlete"],
                body_part=i["body_part"],
                side=None if i["side"] is None else Side(i["side"]),
                started_on=i["started_on"],
                ended_on=i["ended_on"],
                note=i["note"],
            )
            for i in injuries
        ),
    )


def _notice(row: RowMapping) -> Notice:
    return Notice(
        athlete=row["athlete"],
        kind=row["kind"],
        subject=row["subject"],
        stage=row["stage"],
        day=row["day"],
        text=row["text"],
        covers=(row["stage"],),
    )


def _check_in(row: RowMapping) -> CheckIn:
    return CheckIn(
        athlete=row["athlete"],
        day=row["day"],
        pain_running=row["pain_running"],
        pain_after=row["pain_after"],
        pain_next_morning=row["pain_next_morning"],
        side=None if row["side"] is None else Side(row["side"]),
        onset=None if row["onset"] is None else Onset(row["onset"]),
        symptoms=frozenset(Symptom(s) for s in _split(row["symptoms"])),
        can_bear_weight=row["can_bear_weight"],
        after_trauma=row["after_trauma"],
        note=row["note"],
    )
