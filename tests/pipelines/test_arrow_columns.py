"""Columns as arrays: NULL is NaN, whatever lies in its place."""

from __future__ import annotations

import warnings

import numpy as np
import pyarrow as pa

from pipelines.warehouse import arrow_columns


def test_what_lies_where_no_value_is_says_nothing() -> None:
    signalling_nan = np.array([0x3F800000, 0x7FA00000, 0x40000000], dtype=np.uint32)
    told = pa.py_buffer(np.packbits([1, 0, 1], bitorder="little"))
    column = pa.Array.from_buffers(pa.float32(), 3, [told, pa.py_buffer(signalling_nan)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = arrow_columns.floats(column)
    np.testing.assert_array_equal(found, [1.0, np.nan, 2.0])
    np.testing.assert_array_equal(arrow_columns.floats(column.slice(1)), [np.nan, 2.0])
