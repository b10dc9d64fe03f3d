"""Rows as CSV and back: an empty cell is unknown, times are UTC, and every word comes back as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pipelines.errors import KneewiseError

LINES_AT_ONCE = 500
# What a spreadsheet would run instead of show. Only where the file is not read back: there every letter counts.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pieces(
    columns: Sequence[str], rows: Iterable[Sequence[object]], for_eyes: bool = False
) -> Iterator[bytes]:
    """The file in pieces; ``for_eyes`` takes the edge off texts that spreadsheets would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value, for_eyes) for value in row])
        if number % LINES_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def read(
    name: str, text: str, types: Mapping[str, tuple[type, bool]], required: Iterable[str]
) -> list[dict[str, Any]]:
    """The rows of a file that ``pieces`` made; ``types`` gives each column's type and whether it may be unknown.

    Raises KneewiseError naming the file and line that cannot be read.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = next(lines, [])
        unknown = [column for column in columns if column not in types]
        if unknown or not set(required) <= set(columns):
            raise KneewiseError(
                f"{name} has other columns than this version knows ({', '.join(unknown) or 'some are missing'}). "
                "Update Kneewise, then import again."
            )
        return [
            {column: _value(cell, *types[column]) for column, cell in zip(columns, line, strict=True)}
            for line in lines
        ]
    except (ValueError, csv.Error) as error:
        raise KneewiseError(f"{name}, line {lines.line_num}, cannot be read: {error}.") from error


def _cell(value: object, for_eyes: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return _cell(" ".join(map(str, value)), for_eyes)
    if isinstance(value, str):
        return f"'{value}" if for_eyes and value.startswith(_FORMULA) else value
    return str(value)


def _value(cell: str, kind: type, may_be_unknown: bool) -> Any:
    if cell == "" and (may_be_unknown or kind is not str):
        return None
    if kind is bool:
        return {"true": True, "false": False}[cell]
    if kind in (date, datetime):
        return kind.fromisoformat(cell)
    return kind(cell)
