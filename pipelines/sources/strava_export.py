"""What a Strava export knows beyond the workouts: titles, gear, perceived exertion, and the shoes.

``activities.csv`` is written in the language of the account, and its columns have moved several
times. The column that names the files is known by its values; the others by a table of names.
Nothing here is needed: without it the workouts are the same.
"""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

_FOLDER = "activities/"
_NO_VALUE = {"", "#error#"}  # what a failed cell of the export holds
_NAME_COLUMN = 2  # id, date, name, type …: so in every language and year seen

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class StravaNote:
    """What the athlete wrote beside one workout; ``rpe`` is perceived exertion, 1 to 10."""

    name: str | None = None
    gear: str | None = None
    rpe: float | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class StravaShoe:
    """One pair as ``shoes.csv`` lists it; ``name`` is the nickname, often empty."""

    name: str | None
    brand: str | None
    model: str | None

    @property
    def label(self) -> str:
        """How ``activities.csv`` calls the pair: brand, model, nickname."""
        return " ".join(part for part in (self.brand, self.model, self.name) if part)


def read_activities(data: bytes, shoes: Collection[StravaShoe] = ()) -> dict[str, StravaNote]:
    """Notes by the workout's file as the export names it, ``activities/123.fit.gz``.

    ``shoes`` help to find the gear column of a language that is not in the table. Rows without a
    file (typed in by hand) are left out. Never raises for what the file holds; a file that is no
    such list gives no notes.
    """
    header, rows = _table(data)
    file = _column_of(rows, _is_activity)
    if file is None:
        return {}
    labels = {shoe.label for shoe in shoes}
    names = _columns(header, "name") or _third_column(rows)
    gear = _columns(header, "gear") or _present(_column_of(rows, labels.__contains__))
    rpe, description = _columns(header, "perceived_exertion"), _columns(header, "description")
    return {
        _plain_path(path): StravaNote(
            name=_first(row, names),
            gear=_first(row, gear, lambda cell: not _is_number(cell)),
            rpe=_exertion(_first(row, rpe)),
            description=_first(row, description),
        )
        for row in rows
        if (path := _cell(row, file)) is not None and _is_activity(path)
    }


def read_shoes(data: bytes) -> tuple[StravaShoe, ...]:
    """The pairs of ``shoes.csv``, each once, in its order.

    The columns are name, brand, model in every language, so their names are not asked for.
    """
    _, rows = _table(data)
    pairs = (StravaShoe(*(_cell(row, column) for column in range(3))) for row in rows)
    return tuple(dict.fromkeys(pair for pair in pairs if pair.label))


def note_for(notes: Mapping[str, StravaNote], path: str) -> StravaNote | None:
    """The note for a file of the same export, wherever it lies and whether or not it was unpacked."""
    path = _plain_path(path)
    folder, found, file = path.rpartition(_FOLDER)
    if not found or (folder and not folder.endswith("/")):
        return None
    for name in (file, f"{file}.gz", file.removesuffix(".gz")):
        if (note := notes.get(_FOLDER + name)) is not None:
            return note
    return None


def _table(data: bytes) -> tuple[Row, list[Row]]:
    """Header and rows; where the file breaks off in the middle of a cell, what came before."""
    text = _text(data)
    first_line = text.partition("\n")[0]
    comma = max(",;\t", key=first_line.count)  # a spreadsheet may have saved it again with others
    rows: list[Row] = []
    with suppress(csv.Error):  # a cell that never ends: the rows before it are kept
        rows.extend(csv.reader(StringIO(text, newline=""), delimiter=comma))
    return (rows[0], rows[1:]) if rows else ((), [])


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _columns(header: Row, what: str) -> list[int]:
    """Where the table's names for one thing stand, best name first."""
    keys = [_key(cell) for cell in header]
    return [column for name in _names()[what] for column, key in enumerate(keys) if key == name]


@cache
def _names() -> dict[str, list[str]]:
    table = tomllib.loads(Path(__file__).with_name("strava_headers.toml").read_text("utf-8"))
    return {what: [_key(name) for name in names] for what, names in table.items()}


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("\u2019", "'").strip().casefold()


def _column_of(rows: Sequence[Row], belongs: Callable[[str], bool]) -> int | None:
    """The column in which most cells belong; None where none does."""
    counts: dict[int, int] = {}
    for row in rows:
        for column, cell in enumerate(row):
            if belongs(cell.strip()):
                counts[column] = counts.get(column, 0) + 1
    return max(counts, key=lambda column: (counts[column], -column), default=None)


def _third_column(rows: Sequence[Row]) -> list[int]:
    """The titles of a language that is not in the table: behind the number and the date."""
    numbered = all(row[0].strip().isdecimal() for row in rows if len(row) > _NAME_COLUMN)
    return [_NAME_COLUMN] if numbered else []


def _present(column: int | None) -> list[int]:
    return [] if column is None else [column]


def _first(row: Row, columns: Sequence[int], fits: Callable[[str], bool] = bool) -> str | None:
    """The first of these cells that holds something fitting."""
    cells = (_cell(row, column) for column in columns)
    return next((cell for cell in cells if cell is not None and fits(cell)), None)


def _cell(row: Row, column: int) -> str | None:
    text = row[column].strip() if column < len(row) else ""
    return None if text.casefold() in _NO_VALUE else text


def _is_activity(cell: str) -> bool:
    return _plain_path(cell).startswith(_FOLDER) and len(cell) > len(_FOLDER)


def _plain_path(path: str) -> str:
    return path.strip().replace("\\", "/")


def _is_number(cell: str) -> bool:
    return _number(cell) is not None


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def _exertion(cell: str | None) -> float | None:
    """1 to 10, as the athlete's slider gives it; anything else was not told."""
    value = None if cell is None else _number(cell)
    return value if value is not None and 1 <= value <= 10 else None
