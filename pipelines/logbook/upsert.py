"""Storing a row whose key may be there already: the one statement that databases spell differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

# both know the same `on conflict`, each in an insert of its own
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def put(
    db: Connection,
    table: Table,
    key: Mapping[str, object],
    told: Mapping[str, object],
    first: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Store a row; where one with that key is there, it takes on what is ``told``. ``first`` is for a new one."""
    statement = _insert(db, table).values(**key, **told, **first)
    keys = list(key)
    db.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=told)
        if told
        else statement.on_conflict_do_nothing(index_elements=keys)
    )


def put_new(db: Connection, table: Table, values: Mapping[str, object], returned: str) -> Any:
    """Store a row and return that column of it; None where its key is taken, and nothing changes."""
    statement = _insert(db, table).values(**values).on_conflict_do_nothing()
    return db.scalar(statement.returning(table.c[returned]))


def keep(db: Connection, table: Table, values: Mapping[str, object]) -> None:
    """Store a row unless it is there."""
    db.execute(_insert(db, table).values(**values).on_conflict_do_nothing())


def _insert(db: Connection, table: Table) -> Any:
    return INSERTS[db.dialect.name](table)


def columns(values: Mapping[str, object], key: Sequence[str]) -> tuple[dict[str, object], dict[str, object]]:
    """The same values as key and rest."""
    return {k: values[k] for k in key}, {k: v for k, v in values.items() if k not in key}
