"""Opens the warehouse for the one writer, and the published copy for any number of readers.

DuckDB lets one process write or many read. So the pipeline writes ``warehouse.duckdb`` and
publishes a copy; readers open the copy and never wait.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from features import evidence
from pipelines.errors import BusyError, KneewiseError, OutdatedError

Db = duckdb.DuckDBPyConnection

HERE = Path(__file__).parent
WAIT_FOR_WRITER_S = 20.0
NOTHING_YET = "nothing has been synced yet. Start with: kneewise sync PATH"


@contextmanager
def open_for_writing(path: Path, patience_s: float = WAIT_FOR_WRITER_S) -> Iterator[Db]:
    """The writer's connection, migrated to the latest schema, evidence at hand as variables.

    Raises BusyError if another process holds the warehouse for longer than ``patience_s``, and
    KneewiseError if the file is not a warehouse.
    """
    connection = _connect_patiently(path, patience_s)
    try:
        with _interruptible():
            _migrate(connection)
            _set_evidence(connection)
            yield connection
            connection.execute("checkpoint")
    finally:
        connection.close()


@contextmanager
def open_published(path: Path) -> Iterator[Db]:
    """A reader's connection to the published copy. Raises KneewiseError where there is none, or an old one."""
    if not path.is_file():
        raise KneewiseError(NOTHING_YET)
    try:
        connection = duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        raise unreadable(path, error) from error
    try:
        with _interruptible():
            check_version(connection)
            yield connection
    finally:
        connection.close()


def is_interrupted(error: BaseException) -> bool:
    """Whether that is what DuckDB makes of the KeyboardInterrupt that came while it answered."""
    return isinstance(error, RuntimeError) and str(error) == "Query interrupted"


def check_version(published: Db) -> None:
    """Raises OutdatedError for a copy that an earlier version wrote."""
    if _version(published) < _latest():
        raise OutdatedError(
            "this data folder was last written by an earlier version of Kneewise. "
            "`kneewise status` brings it up to date."
        )


def unreadable(path: Path, error: duckdb.Error) -> KneewiseError:
    """What to say of a published copy that cannot be opened."""
    return KneewiseError(
        f"{path} cannot be read ({_first_line(error)}). It is a copy: `kneewise sync` makes it again."
    )


def publish(db: Db, warehouse: Path, published: Path) -> None:
    """Replace the published copy in one step: readers see the old one or the new one, whole.

    ``db`` is the writer's open connection, so that nobody writes while the file is copied.
    """
    db.execute("checkpoint")
    fresh = published.with_name(f"{published.name}.{os.getpid()}.new")
    shutil.copyfile(warehouse, fresh)
    with fresh.open("rb") as copied:
        os.fsync(copied.fileno())
    os.replace(fresh, published)


def question(name: str) -> str:
    """The SQL of one question of ``questions/``."""
    return (HERE / "questions" / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def _interruptible() -> Iterator[None]:
    """A stop stays a stop, and is not taken for something that went wrong."""
    try:
        yield
    except RuntimeError as error:
        if is_interrupted(error):
            raise KeyboardInterrupt from error
        raise


def _connect_patiently(path: Path, patience_s: float) -> Db:
    deadline = time.monotonic() + patience_s
    while True:
        try:
            return duckdb.connect(path)
        except duckdb.Error as error:
            if "lock" not in str(error).lower():
                raise KneewiseError(
                    f"{path} cannot be opened as a warehouse ({_first_line(error)}). Move it away and run "
                    "`kneewise rebuild`: everything in it comes from the originals that were kept."
                ) from error
            if time.monotonic() > deadline:
                raise BusyError(
                    "another kneewise process is writing to this home folder. Wait until it has "
                    "finished, then try again."
                ) from error
            time.sleep(0.2)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".! ")


def _migrate(connection: Db) -> None:
    connection.execute("create table if not exists schema_version (number integer not null)")
    have = _version(connection)
    for number, path in _migrations():
        if number > have:
            connection.execute("begin")
            connection.execute(path.read_text(encoding="utf-8"))
            connection.execute("insert into schema_version values (?)", [number])
            connection.execute("commit")


def _migrations() -> list[tuple[int, Path]]:
    return [(int(path.name.split("_")[0]), path) for path in sorted((HERE / "schema").glob("*.sql"))]


def _latest() -> int:
    return _migrations()[-1][0]


def _version(connection: Db) -> int:
    row = connection.execute("select coalesce(max(number), 0) from schema_version").fetchone()
    return int(row[0]) if row else 0


def _set_evidence(connection: Db) -> None:
    for entry in evidence.entries():
        connection.execute(f"set variable {entry.name} = {float(entry.value)!r}::double")
