"""Imports a table of one kind: each line is new, changes something, changes nothing, or is wrong and says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from pipelines.errors import KneewiseError
from pipelines.importing.table import Row, Table

Told = TypeVar("Told")
ATHLETE = "athlete"  # a column that every kind may have


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Kind(Generic[Told]):
    """What the lines of one kind are: how one is read, what it must not tell twice, and what is known already.

    ``read`` raises ValueError for what cannot be so; ``store`` is one transaction.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    read: Callable[[Mapping[str, str]], Told]
    key: Callable[[Told], object]
    known: Mapping[object, Told]
    store: Callable[[Sequence[Told]], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line; ``told`` is the line in words."""

    line: int
    outcome: Outcome
    told: str
    reason: str | None = None


def check_columns(path: Path, table: Table, kind: Kind[Told]) -> None:
    """Raises KneewiseError that names the columns there are."""
    unknown = [name for name in table.columns if name not in (*kind.columns, ATHLETE)]
    missing = [name for name in kind.needed if name not in table.columns]
    if unknown or missing or len(set(table.columns)) < len(table.columns):
        raise KneewiseError(
            f"{path}, line 1: the columns are {', '.join(kind.columns)}, each once and at least "
            f"{', '.join(kind.needed)}; got {', '.join(table.columns)}."
        )


def read_lines(table: Table, kind: Kind[Told], athlete: str) -> tuple[list[Line], list[Told]]:
    """What would become of each line, and what is to be stored for those that are new or changed."""
    lines: list[Line] = []
    to_store: list[Told] = []
    first_line: dict[object, int] = {}
    for row in table.rows:
        words = " ".join(row.cells.values())
        try:
            told = _read(row, kind, athlete)
            key = kind.key(told)
            if key in first_line:
                raise ValueError(f"told on line {first_line[key]} already")
        except ValueError as error:
            lines.append(Line(row.line, Outcome.WRONG, words, str(error)))
            continue
        first_line[key] = row.line
        outcome = _outcome(kind.known.get(key), told)
        lines.append(Line(row.line, outcome, words))
        if outcome is not Outcome.SAME:
            to_store.append(told)
    return lines, to_store


def _read(row: Row, kind: Kind[Told], athlete: str) -> Told:
    if row.wrong:
        raise ValueError(row.wrong)
    if row.cells.get(ATHLETE, athlete) != athlete:
        raise ValueError(f"it is of {row.cells[ATHLETE]}, and this import is for {athlete}")
    missing = [name for name in kind.needed if name not in row.cells]
    if missing:
        raise ValueError(f"{' and '.join(missing)} is not told")
    return kind.read({name: cell for name, cell in row.cells.items() if name != ATHLETE})


def _outcome(known: Told | None, told: Told) -> Outcome:
    if known is None:
        return Outcome.NEW
    return Outcome.SAME if known == told else Outcome.CHANGED
