"""Python values → Arrow columns by way of plain buffers.

``pyarrow.array`` imports pandas, where it is installed, the first time it is given anything: 0.3 s and
45 MB in every process that stores something. Buffers need nothing but NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_EPOCH_DAY = date(1970, 1, 1)
_EPOCH = datetime(1970, 1, 1)


def column(values: Sequence[Any], of_lists: bool = False) -> pa.Array:
    """A column of whatever the first value that is not None is; of lists of text if ``of_lists``.

    Raises TypeError for a type that the warehouse has no column of.
    """
    if of_lists:
        return text_lists(values)
    kinds = {type(value) for value in values if value is not None}
    for kind, made in _KINDS.items():
        if kinds and all(issubclass(found, kind) for found in kinds):
            return made(values)
    if not kinds:
        return pa.nulls(len(values))
    raise TypeError(f"no column holds {kinds}")


def text_lists(values: Sequence[Sequence[str]]) -> pa.Array:
    """Lists of text, none of them NULL."""
    return lists(texts([text for told in values for text in told]), [len(told) for told in values])


def texts(values: Sequence[str | None]) -> pa.Array:
    """Text; None is NULL."""
    encoded = [b"" if value is None else value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(encoded),
        pa.py_buffer(ends),
        pa.py_buffer(b"".join(encoded)),
        _valid([v is not None for v in values]),
    )


def numbers(
    values: npt.NDArray[np.floating[Any]] | Sequence[float | None], kind: pa.DataType | None = None
) -> pa.Array:
    """Numbers as doubles, or as ``kind`` (float32); None and NaN are NULL."""
    kind = kind or pa.float64()
    array = np.ascontiguousarray(values, dtype=np.float64 if kind == pa.float64() else np.float32)
    return _column(kind, array, ~np.isnan(array))


def integers(values: Sequence[int | None] | npt.NDArray[np.int64]) -> pa.Array:
    if isinstance(values, np.ndarray):
        return _column(pa.int64(), np.ascontiguousarray(values))
    told = [0 if value is None else value for value in values]
    return _column(pa.int64(), np.array(told, dtype=np.int64), [value is not None for value in values])


def truths(values: Sequence[bool | None]) -> pa.Array:
    """None is NULL."""
    bits = np.packbits(np.array(values, dtype=bool), bitorder="little")
    valid = _valid([value is not None for value in values])
    return pa.Array.from_buffers(pa.bool_(), len(values), [valid, pa.py_buffer(bits)])


def times(values: Sequence[datetime | None]) -> pa.Array:
    """Times without a zone, to the microsecond; None is NULL."""
    micros = [0 if v is None else _micros(v) for v in values]
    return _column(pa.timestamp("us"), np.array(micros, dtype=np.int64), [v is not None for v in values])


def days(values: Sequence[date | None]) -> pa.Array:
    numbers_of_days = [0 if v is None else (v - _EPOCH_DAY).days for v in values]
    return _column(pa.date32(), np.array(numbers_of_days, dtype=np.int32), [v is not None for v in values])


def lists(items: pa.Array, lengths: Sequence[int], told: Sequence[bool] | None = None) -> pa.Array:
    """Lists of such lengths over consecutive items; a list that is not ``told`` is NULL."""
    ends = np.cumsum([0, *lengths], dtype=np.int32)
    return pa.Array.from_buffers(
        pa.list_(items.type), len(lengths), [_valid(told), pa.py_buffer(ends)], children=[items]
    )


def list_column(values: Sequence[npt.NDArray[np.float64] | None]) -> pa.Array:
    """Lists of float32, NaN in them as NULL; None is NULL as a whole."""
    told = [value is not None for value in values]
    lengths = [0 if value is None else len(value) for value in values]
    heard = [np.empty(0), *(value for value in values if value is not None)]
    return lists(numbers(np.concatenate(heard), pa.float32()), lengths, told)


def floats(array: pa.Array) -> npt.NDArray[np.float64]:
    """The numbers of a column of floats or doubles; NULL is NaN."""
    found = np.empty(len(array))
    put_floats(array, found)
    return found


def put_floats(array: pa.Array, found: npt.NDArray[np.float64]) -> None:
    """Fill ``found`` with the numbers of a column of floats or doubles; NULL is NaN. (``to_numpy`` would import pandas.)"""
    if len(array) == 0:
        return
    valid, values = array.buffers()
    whole = slice(array.offset, array.offset + len(array))
    with np.errstate(invalid="ignore"):  # where no value is may be anything, also a NaN that signals
        found[:] = np.frombuffer(values, dtype=np.float64 if array.type == pa.float64() else np.float32)[
            whole
        ]
    if valid is not None:
        told = np.unpackbits(np.frombuffer(valid, dtype=np.uint8), bitorder="little")[whole]
        found[told == 0] = np.nan


def whole_numbers(array: pa.Array) -> npt.NDArray[np.int64]:
    """The numbers of a column of integers or days (since 1970) without NULL."""
    if len(array) == 0:
        return np.empty(0, dtype=np.int64)
    numbers = np.frombuffer(array.buffers()[1], dtype=f"i{array.type.bit_width // 8}")
    return numbers[array.offset : array.offset + len(array)].astype(np.int64)


def _column(
    kind: pa.DataType,
    array: npt.NDArray[np.generic],
    told: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
) -> pa.Array:
    return pa.Array.from_buffers(kind, len(array), [_valid(told), pa.py_buffer(array)])


def _valid(told: Sequence[bool] | npt.NDArray[np.bool_] | None) -> pa.Buffer | None:
    if told is None or np.all(told):
        return None  # Arrow's way to say that nothing is NULL
    return pa.py_buffer(np.packbits(np.asarray(told, dtype=bool), bitorder="little"))


def _micros(value: datetime) -> int:
    since = value - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


# bool is an int and a datetime is a date, so the narrower come first
_KINDS: dict[type | tuple[type, ...], Callable[[Any], pa.Array]] = {
    bool: truths,
    int: integers,
    (int, float): numbers,
    str: texts,
    datetime: times,
    date: days,
}
