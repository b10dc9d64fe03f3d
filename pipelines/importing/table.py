"""Reads a table as spreadsheets write it: any common delimiter and encoding, the first line names the columns."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from pipelines.errors import KneewiseError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty: the line that it begins on, and its cells by column; ``wrong`` says why
    its cells do not fit the columns."""

    line: int
    cells: Mapping[str, str]
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Raises KneewiseError for a file that is no such table."""
    lines = list(_lines(path, _text(path)))
    if not lines:
        raise KneewiseError(f"{path} is empty.")
    columns = tuple(name.strip().lower().replace(" ", "_") for name in lines[0][1])
    return Table(columns, tuple(_row(line, cells, columns) for line, cells in lines[1:]))


def _row(line: int, cells: list[str], columns: tuple[str, ...]) -> Row:
    told = [cell.strip() for cell in cells]
    while len(told) > len(columns) and not told[-1]:
        told.pop()  # some programs end each line with a delimiter
    wrong = f"{len(told)} cells, but {len(columns)} columns" if len(told) > len(columns) else None
    return Row(line, {name: cell for name, cell in zip(columns, told, strict=False) if cell}, wrong)


def _text(path: Path) -> str:
    """UTF-8 or UTF-16; what is neither is taken for the one that older spreadsheets of Western Europe write."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KneewiseError(f"{path} cannot be read ({error.strerror}).") from error
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1252", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise KneewiseError(f"{path} is not text. Save it as CSV in UTF-8.")


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line that it begins on."""
    first, _, rest = text.partition("\n")
    line = 1
    if first.lower().startswith("sep="):  # what one spreadsheet writes for itself
        text, line, first = rest, 2, rest.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = line - 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = begun + reader.line_num + 1
    except csv.Error as error:
        raise KneewiseError(f"nothing was stored. {path}, line {line}: {error}.") from error
