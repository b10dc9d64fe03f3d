"""Which of the logbook's rows are an athlete's, whatever the table: for taking out, putting back and deleting.

A table's rows are an athlete's by its column ``athlete``, or because they hang on such a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Table, func, select

from pipelines.logbook.place import POSTGRES
from pipelines.logbook.store import Logbook
from pipelines.logbook.whole_shape import metadata

Row = dict[str, Any]
# What a row names by number without a foreign key, because it may be gone by then.
BY_NUMBER = {("notice", "message"): "message", ("delivery", "channel"): "channel"}
UNSENT = ("waiting", "sending")


def owned(athlete: str) -> list[tuple[Table, ColumnElement[bool]]]:
    """Every table that has rows of athletes, and which are this one's, in an order in which they can be stored."""
    clauses: dict[str, ColumnElement[bool]] = {}
    found: list[tuple[Table, ColumnElement[bool]]] = []
    for table in metadata.sorted_tables:
        clause = _clause(table, athlete, clauses)
        if clause is not None:
            clauses[table.name] = clause
            found.append((table, clause))
    return found


def rows_of(logbook: Logbook, athlete: str) -> dict[str, list[Row]]:
    """All rows of an athlete by table; secrets, the files of mails and what coaches noted for themselves left out."""
    with logbook.engine.connect() as db:
        return {
            table.name: [dict(row) for row in db.execute(_query(table, clause)).mappings()]
            for table, clause in owned(athlete)
            if table.name != "attachment"
        }


def is_told_elsewhere(table: str) -> bool:
    """Whether its rows mean something in another installation, where other accounts are."""
    return not metadata.tables[table].info.get("stays")


def columns_of(table: str) -> list[str] | None:
    """The columns of a table that are taken out; None where there is no such table."""
    known = metadata.tables.get(table)
    return None if known is None else [c.name for c in known.columns if not c.info.get("secret")]


def python_type(table: str, column: str) -> tuple[type, bool]:
    """What its values are, and whether they may be unknown."""
    found = metadata.tables[table].c[column]
    return found.type.python_type, bool(found.nullable)


def put_rows(logbook: Logbook, rows: Mapping[str, Sequence[Row]]) -> int:
    """Store rows that were taken out, all or none; returns how many.

    Numbers that are taken here are moved up, and with them all that names them. What had not been sent is not sent
    from here either.
    """
    stored = 0
    with logbook.engine.begin() as db:
        moved = {name: _highest(db, metadata.tables[name]) for name in rows}
        for table in metadata.sorted_tables:
            if values := [_renumbered(table, row, moved) for row in rows.get(table.name, ())]:
                db.execute(table.insert(), values)
                stored += len(values)
                _count_on(db, table)
    return stored


def _clause(
    table: Table, athlete: str, clauses: Mapping[str, ColumnElement[bool]]
) -> ColumnElement[bool] | None:
    if table.name == "athlete":
        return table.c.id == athlete
    if "athlete" in table.c:
        return table.c.athlete == athlete
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent = key.column.table
        if parent.name in clauses:
            return key.parent.in_(select(key.column).where(clauses[parent.name]))
    return None


def _query(table: Table, clause: ColumnElement[bool]) -> Any:
    shown = [table.c[name] for name in columns_of(table.name) or ()]
    theirs = [column for column in table.columns if column.info.get("theirs")]
    return select(*shown).where(clause, *theirs).order_by(*table.primary_key)


def _highest(db: Connection, table: Table) -> int:
    if not _is_numbered(table):
        return 0
    return int(db.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0)


def _count_on(db: Connection, table: Table) -> None:
    """A server gives out numbers from a sequence of its own, which knows nothing of those that came along."""
    if db.dialect.name == POSTGRES and _is_numbered(table):
        sequence = func.pg_get_serial_sequence(table.name, "id")
        db.execute(select(func.setval(sequence, _highest(db, table))))


def _is_numbered(table: Table) -> bool:
    return "id" in table.c and isinstance(table.c.id.type, Integer)


def _renumbered(table: Table, row: Row, moved: Mapping[str, int]) -> Row:
    found = dict(row)
    if _is_numbered(table):
        found["id"] += moved[table.name]
    for column in table.columns:
        target = BY_NUMBER.get((table.name, column.name))
        for key in column.foreign_keys:
            target = key.column.table.name if _is_numbered(key.column.table) else target
        if target and found.get(column.name) is not None:
            found[column.name] += moved.get(target, 0)
    if table.name == "delivery" and found["state"] in UNSENT:
        found |= {"state": "cancelled", "reason": "moved to another installation"}
    return found
