"""A home in which an athlete has a row in every table and a word that is nowhere else in every text."""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Column, Table

from features.training_log import Athlete
from pipelines import steps
from pipelines.logbook.belongings import BY_NUMBER, owned
from pipelines.steps import Home

SAMPLES = Path(__file__).resolve().parents[1] / "data_samples"
# where a text is read as one word of a list, or a number is somebody's
WORDS: dict[tuple[str, str], object] = {
    ("check_in", "side"): "left",
    ("check_in", "onset"): "gradual",
    ("check_in", "symptoms"): "stiffness,swelling",
    ("check_in", "kind"): "ordinary",
    ("injury", "side"): "left",
    ("injury", "body_part"): "knee",
    ("recording_surface", "class"): "paved",
    ("shoe_rule", "surface"): "hard",
    ("consent", "coach"): 999,
    ("coach_look", "coach"): 999,
    ("coach_note", "coach"): 999,
    ("consent", "scopes"): "training,pain",
    ("share_offer", "scopes"): "training",
    ("notice", "choice"): "at_once",
}


def marked(athlete: str, table: str, column: str) -> str:
    """The word that stands in a text of that athlete, that table and that column."""
    return f"Zq{athlete}X{table}X{column}Qz"


def tell_everything(home: Home, athlete: str) -> None:
    """One row in each table that has rows of athletes; the athlete is there already."""
    numbers: dict[str, Any] = {"athlete": athlete}
    with home.logbook.engine.begin() as db:
        for table, _ in owned(athlete):
            if table.name == "athlete":
                continue
            values = {
                column.name: _value(table, column, athlete, numbers)
                for column in table.columns
                if not (column.name == "id" and column.autoincrement and column.type.python_type is int)
            }
            stored = db.execute(table.insert().values(values)).inserted_primary_key
            numbers[table.name] = stored[0]


def with_runs(home: Home, athlete: Athlete, files: list[Path]) -> None:
    home.logbook.add_athlete(athlete)
    steps.sync(home, {athlete.id: files}, lambda _: nullcontext(lambda *_: None))


def _value(table: Table, column: Column[Any], athlete: str, numbers: dict[str, Any]) -> object:
    target = BY_NUMBER.get((table.name, column.name))
    for key in column.foreign_keys:
        target = key.column.table.name
    if column.name == "athlete" or target:
        return athlete if column.name == "athlete" else numbers.get(target or "", 1)
    if (table.name, column.name) in WORDS:
        return WORDS[table.name, column.name]
    kind, allowed = column.type.python_type, _allowed(table, column.name)
    if allowed is not None:
        return kind(allowed)
    plain = {
        bool: True,
        int: 1,
        float: 0.5,
        date: date(2026, 11, 2),
        datetime: datetime(2026, 11, 2, 9, 30),
        bytes: marked(athlete, table.name, column.name).encode(),
    }
    return plain.get(kind, marked(athlete, table.name, column.name))


def _allowed(table: Table, column: str) -> str | None:
    """The first value that a check of the table lets through."""
    for check in table.constraints:
        said = str(check.sqltext) if isinstance(check, CheckConstraint) else ""
        found = re.search(rf"\b{column} (?:in \('?([^',)]+)|between (\S+) and)", said)
        if found:
            return found[1] or found[2]
    return None
