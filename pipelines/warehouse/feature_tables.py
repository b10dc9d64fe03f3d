"""Works out what looks back over days: the tables hold what the query says (``catalog.LookingBack``), sooner.

DuckDB would spend most of its time on windows. So it reads each row once and writes it once, NumPy looks back
in between (``looking_back.py``), some hundred athletes at a time, so that memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle, pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features import windows
from features.catalog import LookingBack
from features.looking_back import Days
from pipelines.warehouse import arrow_columns as arrow
from pipelines.warehouse.feature_plan import Plan, plan_of
from pipelines.warehouse.store import Db

ROWS_STORED = 122_880  # that many DuckDB compresses together
ROWS_AT_ONCE = 2 * ROWS_STORED  # each takes some 2 kB while it is worked on, two portions at a time
ROWS_IN_CACHE = 6_000  # more, and each of its columns would be fresh memory, which costs more than the sums

Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]


def make(
    db: Db, table: str, asked: LookingBack, kind: str = "table", rows_at_once: int = ROWS_AT_ONCE
) -> None:
    """Make a table (of the ``kind``: also ``temp table``) of a query's rows anew.

    While NumPy looks back over one portion, DuckDB stores the portion before it, and reads the next.
    """
    plan = plan_of(db, asked)
    if not plan.answers:
        db.execute(f"create or replace {kind} {table} as {asked.sql()}")
        return
    portions = _athletes_at_once(db, asked, rows_at_once)
    most = max(rows for *_, rows in portions)
    # the same memory for every other portion: to be given fresh memory costs more than to fill it
    rooms = [(np.empty((len(plan.arguments), most)), np.empty((len(plan.answers), most))) for _ in range(2)]
    how = f"create or replace {kind} {table} as"
    with ThreadPoolExecutor(1) as aside:

        def begun(first: str, last: str, rows: int, room: tuple[Numbers, Numbers]) -> Future[pa.Table]:
            read = db.sql(_reading(asked, plan), params=[first, last]).to_arrow_table()
            arguments, answers = room
            return aside.submit(_looked_back, read, asked, plan, arguments[:, :rows], answers[:, :rows])

        portions_begun = (begun(*portion, room) for portion, room in zip(portions, cycle(rooms)))
        for looked_back in _once_the_next_is_begun(portions_begun):
            db.register("looked_back", looked_back.result())
            db.execute(f"{how} {plan.sql}")
            db.unregister("looked_back")
            how = f"insert into {table}"


def _once_the_next_is_begun(begun: Iterator[Future[pa.Table]]) -> Iterator[Future[pa.Table]]:
    before = next(begun)
    for now in begun:
        yield before
        before = now
    yield before


def _athletes_at_once(db: Db, asked: LookingBack, rows_at_once: int) -> list[tuple[str, str, int]]:
    """The first and the last athlete of each portion and their rows; a portion of nobody where there is nobody."""
    counted = db.execute(
        f"select athlete, count(*) from {asked.spine} group by athlete order by athlete"
    ).fetchall()
    sizes = np.array([rows for _, rows in counted], dtype=np.int64)
    portions = [
        (counted[part.start][0], counted[part.stop - 1][0], int(sizes[part].sum()))
        for part in _portions(sizes, rows_at_once)
    ]
    return portions or [("", "", 0)]


def _reading(asked: LookingBack, plan: Plan) -> str:
    numbers = [f"{number} as argument_{n}" for n, number in enumerate(plan.arguments.values())]
    return f"select {', '.join([*plan.columns, *numbers])} from {asked.view} where athlete between ? and ?"


def _looked_back(
    rows: pa.Table, asked: LookingBack, plan: Plan, arguments: Numbers, answers: Numbers
) -> pa.Table:
    """Rows of whole athletes, in order, and a column for each answer; the last two are room to work in."""
    order, days = _in_order(rows, asked.owner)
    ends = np.cumsum(days)
    for column, numbers in zip(rows.columns[len(plan.columns) :], arguments, strict=True):
        _put_floats(column, numbers)
    for part in _portions(days, ROWS_IN_CACHE):
        these = slice(int(ends[part.start] - days[part.start]), int(ends[part.stop - 1]))
        _answer(plan, arguments, order[these], days[part], answers[:, these])
    as_read = rows.select(list(plan.columns)).take(arrow.integers(order))
    columns = dict(zip(plan.answers.values(), map(arrow.numbers, answers), strict=True))
    table = pa.table({name: as_read.column(name) for name in plan.columns} | columns)
    return pa.Table.from_batches(table.to_batches(ROWS_STORED), table.schema)


def _in_order(rows: pa.Table, owner: Sequence[str]) -> tuple[Integers, Integers]:
    """Where the rows are by owner and day, and how many each owner has. (DuckDB would move all columns to sort by three.)"""
    day = arrow.whole_numbers(rows.column("day").combine_chunks())
    owners = np.zeros(len(day), dtype=np.int64)
    for name in owner:
        found = rows.column(name).combine_chunks().dictionary_encode()
        owners = owners * len(found.dictionary) + arrow.whole_numbers(found.indices)
    order = np.lexsort((day, owners))
    starts = np.flatnonzero(np.diff(owners[order], prepend=-1))
    return order, np.diff(starts, append=len(owners))


def _put_floats(column: pa.ChunkedArray, found: Numbers) -> None:
    starts = np.cumsum([0, *(len(chunk) for chunk in column.chunks)])
    for chunk, start in zip(column.chunks, starts[:-1].tolist(), strict=True):
        arrow.put_floats(chunk, found[start : start + len(chunk)])


def _answer(plan: Plan, arguments: Numbers, order: Integers, days: Integers, answers: Numbers) -> None:
    """Fill ``answers``, a row for each call, from the ``arguments`` at ``order``: of owners with so many days each."""
    frames = windows.frames()
    columns = {name: numbers[order] for name, numbers in zip(plan.arguments, arguments, strict=True)}
    asked = Days(columns, days, gap=max(frames[call.window][0] or 0 for call in plan.answers))
    for call, answer in zip(plan.answers, answers, strict=True):
        answer[:] = asked.answer(call, frames[call.window])


def _portions(sizes: Integers, limit: int) -> list[slice]:
    """Neighbours together, about as many as do not exceed the limit."""
    portion_of = (np.cumsum(sizes) - 1) // limit
    starts = np.flatnonzero(np.diff(portion_of, prepend=-1))
    return [slice(start, stop) for start, stop in pairwise([*starts.tolist(), len(sizes)])]
