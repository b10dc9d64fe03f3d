"""Numbers of many messages at once: each wanted field becomes one column, scaled as the profile says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from pipelines.sources.fit_bytes import Part
from pipelines.sources.fit_layout import Layout, Reading, StandIn, definitions_of, layout_of
from pipelines.sources.fit_profile import BYTE, STRING
from pipelines.sources.fit_walk import Definition, Offsets

Raw = NDArray[np.void]
LARGEST_COUNT = 2.0**53
TWELVE = 12  # bits of the numbers that FIT packs


@dataclass(frozen=True, slots=True)
class Table:
    """The messages of one kind in file order: where each starts, and their columns by field name.

    A column is float64 with NaN for unknown, (n,) for numbers and (n, k) for lists where they were
    asked for; a field of packed bytes is (n, k) of bytes. A field that no message has, has no column.
    """

    offsets: Offsets
    columns: dict[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.offsets)


def table_of(
    part: Part,
    message: str,
    names: tuple[str, ...],
    stand_ins: tuple[StandIn, ...] = (),
    lists: frozenset[str] = frozenset(),
) -> Table:
    """All messages of one kind. Of a list only the first known value counts, but for ``lists``."""
    tables = [
        lifted(part, definition, layout_of(definition, message, names, stand_ins), lists)
        for definition in definitions_of(part.places, message)
    ]
    return tables[0] if len(tables) == 1 else _interleaved(tables)


def lifted(part: Part, definition: Definition, layout: Layout, lists: frozenset[str] = frozenset()) -> Table:
    """The messages of one definition."""
    offsets = part.places[definition]
    table = Table(offsets, {})
    if not len(offsets):
        return table
    raw = _rows(part.payload, offsets, definition.length).view(layout.dtype)
    for index, reading in enumerate(layout.readings):
        if reading.base.name != STRING:
            column = _column(raw[f"f{index}"], reading, reading.name in lists)
            before = table.columns.get(reading.name)  # a definition may name a field twice
            if before is not None and before.shape == column.shape:
                column = _first_known(column, before)
            table.columns[reading.name] = column
    return table


def counted_on(low: NDArray[np.int64], full: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """A counter of which some entries show all (``full``, else -1) and the rest the lowest ``bits``.

    Each entry lies less than one roll-over of the low bits after the one before it.
    """
    mask = (1 << bits) - 1
    shown = full >= 0
    low = np.where(shown, full, low) & mask
    steps = np.diff(low, prepend=0) & mask
    steps[shown] = 0
    counted = np.cumsum(steps)
    anchor = np.maximum.accumulate(np.where(shown, np.arange(len(full)), -1))
    return counted + np.where(anchor >= 0, full[anchor] - counted[anchor], 0)


def counts_of(column: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers; -1 for unknown, and for what no counter of a watch can show."""
    known = (column >= 0) & (column < LARGEST_COUNT)
    return np.where(known, column, -1.0).astype(np.int64)


def twelve_bits(packed: NDArray[np.float64]) -> NDArray[np.int64]:
    """(n, 3 k) bytes → (n, 2 k) numbers of ``TWELVE`` bits, lowest bits first; spare bytes are left."""
    triples = packed.shape[1] // 3
    whole = packed[:, : 3 * triples].astype(np.int64).reshape(len(packed), triples, 3)
    first = whole[:, :, 0] | (whole[:, :, 1] & 15) << 8
    second = whole[:, :, 1] >> 4 | whole[:, :, 2] << 4
    return np.stack((first, second), axis=2).reshape(len(packed), 2 * triples)


def _rows(payload: bytes, offsets: Offsets, length: int) -> Raw:
    """The bytes of each message; no copy where the messages lie in one run."""
    count, kind = len(offsets), f"V{length}"
    first = int(offsets[0])
    if int(offsets[-1]) - first == (count - 1) * length:
        return np.frombuffer(payload, dtype=kind, count=count, offset=first)
    everywhere: Raw = np.ndarray((len(payload) - length + 1,), dtype=kind, buffer=payload, strides=(1,))
    return everywhere[offsets]


def _column(raw: NDArray[np.generic], reading: Reading, as_list: bool) -> NDArray[np.float64]:
    column = raw.astype(np.float64)
    if reading.base.name == BYTE:
        return column.reshape(len(column), -1)
    if reading.base.sentinel == reading.base.sentinel:
        column[column == reading.base.sentinel] = np.nan
    else:
        column[~np.isfinite(column)] = np.nan
    if as_list:
        column = column.reshape(len(column), -1)
    elif column.ndim == 2:
        column = reduce(_first_known, column.T)
    if reading.field is None:
        column *= reading.factor
        return column
    if reading.field.scale:
        column /= reading.field.scale
    if reading.field.offset:
        column -= reading.field.offset
    return column


def _first_known(one: Column, other: Column) -> Column:
    return np.where(np.isnan(one), other, one)


def _interleaved(tables: list[Table]) -> Table:
    """Tables of several definitions as one, in file order."""
    if not tables:
        return Table(np.empty(0, dtype=np.int64), {})
    offsets = np.concatenate([table.offsets for table in tables])
    order = np.argsort(offsets, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    columns: dict[str, NDArray[np.float64]] = {}
    first = 0
    for table in tables:
        rows = rank[first : first + len(table)]
        for name, column in table.columns.items():
            columns[name] = _widened(columns.get(name), len(offsets), column)
            target = columns[name]
            if column.ndim == 1:
                target[rows] = column
            else:
                target[rows, : column.shape[1]] = column
        first += len(table)
    return Table(offsets[order], columns)


def _widened(
    whole: NDArray[np.float64] | None, length: int, column: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Room for ``column`` in a column of all messages: unknown where nothing is yet."""
    if whole is None:
        return np.full((length, *column.shape[1:]), np.nan)
    missing = 0 if column.ndim == 1 else column.shape[1] - whole.shape[1]
    if missing <= 0:
        return whole
    return np.concatenate((whole, np.full((length, missing), np.nan)), axis=1)
