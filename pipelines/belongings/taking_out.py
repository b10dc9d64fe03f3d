"""Everything that an athlete has as one zip, made while it is fetched, which another home can take in again.

README.txt                what is in it
logbook/<table>.csv       what they told us, columns as in the logbook
records/<table>.csv       what belongs to accounts of this installation: consents, looks, tokens; to read only
derived/<name>.csv        what was worked out, for other tools; to read only
originals/index.jsonl     where each workout file came from
originals/<sha256>        each workout file, byte for byte
manifest.json             version, counts, size and hash of every entry
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pipelines.belongings import csv_text
from pipelines.belongings.zip_stream import PIECE, ZipStream
from pipelines.logbook import belongings as told
from pipelines.logbook.store import LATEST
from pipelines.originals import INDEX, index_lines, original_of
from pipelines.steps import Home
from pipelines.warehouse import belongings as worked_out
from pipelines.warehouse import store
from pipelines.warehouse.store import Db

FORMAT, VERSION = "kneewise export", 1
README = """Everything that Kneewise keeps about {name}, taken out on {day}.

logbook/    what you told it, one CSV file for each table. An empty cell is unknown; times are UTC.
records/    consents, who looked at what, API tokens (not the tokens themselves).
derived/    what was worked out from your runs: activities, features of each day, levels and their reasons, files.
originals/  your workout files, byte for byte, each named by its SHA-256; index.jsonl says what each was called.

Kneewise takes it in again with: kneewise athlete import FILE.zip
"""


def zipped(home: Home, athlete: str) -> Iterator[bytes]:
    """The zip in pieces. Raises KneewiseError for an athlete who is not there, before the first piece."""
    person = home.logbook.athlete(athlete)
    rows = told.rows_of(home.logbook, person.id)
    return _zipped(home, person.id, person.name, rows)


def _zipped(home: Home, athlete: str, name: str, rows: dict[str, list[told.Row]]) -> Iterator[bytes]:
    now = home.settings.now()
    stream = ZipStream(now)
    yield from stream.add("README.txt", [README.format(name=name, day=now.date()).encode()])
    for table, found in rows.items():
        folder = "logbook" if told.is_told_elsewhere(table) else "records"
        columns = told.columns_of(table) or []
        cells = ([row[column] for column in columns] for row in found)
        yield from stream.add(f"{folder}/{table}.csv", csv_text.pieces(columns, cells))
    counts = {table: len(found) for table, found in rows.items()}
    with _published(home) as db:
        for title, table in worked_out.TAKEN_OUT.items() if db else ():
            if db and worked_out.has_table(db, table):
                yield from stream.add(
                    f"derived/{title}.csv",
                    csv_text.pieces(*worked_out.derived(db, table, athlete), for_eyes=True),
                )
    yield from _originals(stream, home.settings.originals_path, athlete)
    yield from stream.add("manifest.json", [_manifest(stream, athlete, now, counts)])
    yield from stream.end()


def _originals(stream: ZipStream, originals: Path, athlete: str) -> Iterator[bytes]:
    lines = index_lines(originals, athlete)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    yield from stream.add(f"originals/{INDEX}", [text.encode()])
    for sha256 in sorted({line["kept"]["sha256"] for line in lines if "kept" in line}):
        kept = original_of(originals, sha256)
        if kept.is_file():
            yield from stream.add(f"originals/{sha256}", _read(kept))


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _manifest(stream: ZipStream, athlete: str, now: datetime, counts: dict[str, int]) -> bytes:
    said = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(),
        "kneewise": version("kneewise"),
        "logbook": LATEST,
        "athlete": athlete,
        "rows": counts,
        "originals": sum(_is_original(entry.name) for entry in stream.entries),
        "entries": [asdict(entry) for entry in stream.entries],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _is_original(name: str) -> bool:
    return name.startswith("originals/") and not name.endswith(INDEX)


@contextmanager
def _published(home: Home) -> Iterator[Db | None]:
    """The published copy; None where nothing was synced yet."""
    if not home.settings.published_path.is_file():
        yield None
        return
    with store.open_published(home.settings.published_path) as db:
        yield db


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write it whole or not at all, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.part")
    try:
        with fresh.open("wb") as file:
            fresh.chmod(0o600)
            for piece in pieces:
                file.write(piece)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
