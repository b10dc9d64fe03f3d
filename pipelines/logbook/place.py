"""Where the logbook is kept: an SQLite file in the home folder, or a PostgreSQL database for a team.

What the two do differently is here and in ``upsert``; the tables, the queries and the migrations are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError

from pipelines.errors import KneewiseError
from pipelines.file_lock import held

Place = Path | str  # of a file, or the URL of a database
POSTGRES = "postgresql"
DRIVER = "postgresql+pg8000"
PATIENCE_S = 60  # for an answer; a lock of somebody else may be waited for


def engine_of(place: Place) -> Engine:
    """Raises KneewiseError for a URL that is no PostgreSQL database's; its password is never shown."""
    if isinstance(place, Path):
        engine = create_engine(f"sqlite:///{place}")
        event.listen(engine, "connect", _sqlite_manners)
        return engine
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise KneewiseError(f"logbook_url is no URL; {_LIKE}") from error
    if url.drivername not in ("postgres", POSTGRES, DRIVER):
        raise KneewiseError(f"logbook_url begins with {url.drivername}://, which is not supported; {_LIKE}")
    try:
        engine = create_engine(
            url.set(drivername=DRIVER),
            connect_args={"timeout": PATIENCE_S, "tcp_keepalive": True, "application_name": "kneewise"},
        )
    except (ImportError, NoSuchModuleError) as error:
        raise KneewiseError(
            "a logbook in PostgreSQL needs a driver that is not installed: pip install 'kneewise[postgres]'."
        ) from error
    event.listen(engine, "checkout", _still_answers)
    return engine


def refusal(engine: Engine, error: DBAPIError) -> str:
    """Why there is no logbook to be had and what to do, without a password."""
    if engine.dialect.name == POSTGRES:
        said = _said(error.orig)
        reason = said.get("M") or error.orig
        where = engine.url.set(drivername=POSTGRES).render_as_string(hide_password=True)
        return f"the logbook cannot be had at {where}: {reason}. Is the server running, and is logbook_url right?"
    return (
        f"{engine.url.database} cannot be read as a logbook ({error.orig}). It holds what people told and cannot "
        "be made again: restore it from a backup, or move it away to start anew."
    )


def shape(db: Connection) -> str | None:
    """The migration it stands at; None for one that has no tables yet."""
    if not inspect(db).has_table("alembic_version"):
        return None
    found: str | None = db.scalar(text("select version_num from alembic_version"))
    return found


def take_turns(db: Connection) -> None:
    """Wait until nobody else migrates; until this transaction ends, nobody else will."""
    if db.dialect.name == POSTGRES:
        db.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _key("migrate")})
    else:
        db.exec_driver_sql("begin immediate")


@contextmanager
def sole(engine: Engine, what: str, path: Path) -> Iterator[bool]:
    """Whether this process is the only one that does ``what``, for as long as the block lasts; a crash lets go
    too. Those that share a database take turns there, others at the file ``path``."""
    if engine.dialect.name == POSTGRES:
        with engine.connect() as db:
            mine = bool(db.scalar(text("select pg_try_advisory_lock(:key)"), {"key": _key(what)}))
            db.commit()
            try:
                yield mine
            finally:
                if mine:
                    db.execute(text("select pg_advisory_unlock(:key)"), {"key": _key(what)})
                    db.commit()
        return
    with held(path) as mine:
        yield mine


_LIKE = "it looks like postgresql://user:password@host:5432/database."


def _still_answers(connection: DBAPIConnection, *_: object) -> None:
    """A server may have been restarted since the connection was used last: then another one is made."""
    try:
        cursor = connection.cursor()
        cursor.execute("select 1")
        cursor.close()
    except Exception as error:
        raise DisconnectionError from error


def _said(error: BaseException | None) -> dict[str, str]:
    """What a server said, by the letters of its protocol: C is the code, M the message."""
    told = error.args[0] if error is not None and error.args else None
    return told if isinstance(told, dict) else {}


def _key(what: str) -> int:
    return int.from_bytes(hashlib.sha256(f"kneewise/{what}".encode()).digest()[:4])


def _sqlite_manners(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma foreign_keys = on")
    cursor.execute("pragma busy_timeout = 5000")
    cursor.close()
