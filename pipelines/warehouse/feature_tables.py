"""Works all features of a grain out: their tables hold what the query of ``catalog.features_sql`` says, sooner.

DuckDB would spend most of its time on windows. So it reads each row once and writes it once, NumPy looks back
in between (``looking_back.py``), some hundred athletes at a time, so that memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features import windows
from features.catalog import Grain
from features.looking_back import Days
from pipelines.warehouse import arrow_columns as arrow
from pipelines.warehouse.feature_plan import Plan, plan_of
from pipelines.warehouse.store import Db

ROWS_STORED = 122_880  # that many DuckDB compresses together
ROWS_AT_ONCE = 2 * ROWS_STORED  # each takes some 2 kB while it is worked on
ROWS_A_THREAD = 16_000  # a column of them stays in a processor's cache

Integers = NDArray[np.int64]


def make(db: Db, table: str, grain: Grain, rows_at_once: int = ROWS_AT_ONCE) -> None:
    """Make the table of all features of a grain anew."""
    plan = plan_of(db, grain)
    how = f"create or replace table {table} as"
    (threads,) = db.execute("select current_setting('threads')").fetchall()[0]
    with ThreadPoolExecutor(threads) as pool:
        for athletes in _athletes_at_once(db, grain, rows_at_once):
            db.register("looked_back", _looked_back(db, grain, plan, athletes, pool))
            db.execute(f"{how} {plan.features_sql}")
            db.unregister("looked_back")
            how = f"insert into {table}"


def _athletes_at_once(db: Db, grain: Grain, rows_at_once: int) -> list[list[str]]:
    """The first and the last athlete of each portion, in their order; a portion of nobody where there is nobody."""
    counted = db.execute(
        f"select athlete, count(*) from {grain.view} group by athlete order by athlete"
    ).fetchall()
    portions = _portions(np.array([rows for _, rows in counted], dtype=np.int64), rows_at_once)
    return [[counted[part.start][0], counted[part.stop - 1][0]] for part in portions] or [["", ""]]


def _looked_back(db: Db, grain: Grain, plan: Plan, athletes: Sequence[str], pool: Executor) -> pa.Table:
    """The rows of these athletes in order, and a column for each answer."""
    numbers = [f"{number} as argument_{n}" for n, number in enumerate(plan.arguments.values())]
    read = f"select {', '.join([*plan.columns, *numbers])} from {grain.view} where athlete between ? and ?"
    rows, days = _in_order(db.sql(read, params=athletes).to_arrow_table(), grain.owner)
    answers = np.empty((len(plan.answers), len(rows)))
    ends = np.cumsum(days)

    def answer(part: slice) -> None:
        these = slice(int(ends[part.start] - days[part.start]), int(ends[part.stop - 1]))
        _answer(plan, rows.slice(these.start, these.stop - these.start), days[part], answers[:, these])

    list(pool.map(answer, _portions(days, ROWS_A_THREAD)))
    columns = dict(zip(plan.answers.values(), pool.map(arrow.numbers, answers), strict=True))
    table = pa.table({name: rows.column(name) for name in plan.columns} | columns)
    return pa.Table.from_batches(table.to_batches(ROWS_STORED), table.schema)


def _in_order(rows: pa.Table, owner: Sequence[str]) -> tuple[pa.Table, Integers]:
    """The rows by owner and day, and how many each owner has. (DuckDB would move all columns to sort by three.)"""
    day = arrow.whole_numbers(rows.column("day").combine_chunks())
    owners = np.zeros(len(day), dtype=np.int64)
    for name in owner:
        found = rows.column(name).combine_chunks().dictionary_encode()
        owners = owners * len(found.dictionary) + arrow.whole_numbers(found.indices)
    later = (np.diff(owners) > 0) | ((np.diff(owners) == 0) & (np.diff(day) > 0))
    if not later.all():
        order = np.lexsort((day, owners))
        rows, owners = rows.take(arrow.integers(order)), owners[order]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    return rows, np.diff(starts, append=len(owners))


def _answer(plan: Plan, rows: pa.Table, days: Integers, answers: NDArray[np.float64]) -> None:
    """Fill ``answers``, a row for each call, from the rows of owners with so many days each."""
    frames = windows.frames()
    arguments = zip(plan.arguments, rows.columns[len(plan.columns) :], strict=True)
    columns = {name: arrow.floats(column.combine_chunks()) for name, column in arguments}
    asked = Days(columns, days, gap=max(frames[call.window][0] or 0 for call in plan.answers))
    for call, answer in zip(plan.answers, answers, strict=True):
        answer[:] = asked.answer(call, frames[call.window])


def _portions(sizes: Integers, limit: int) -> list[slice]:
    """Neighbours together, about as many as do not exceed the limit."""
    portion_of = (np.cumsum(sizes) - 1) // limit
    starts = np.flatnonzero(np.diff(portion_of, prepend=-1))
    return [slice(start, stop) for start, stop in pairwise([*starts.tolist(), len(sizes)])]
