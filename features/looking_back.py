"""Answers what features ask of the days they look back over, for many athletes at once, in NumPy.

Rows are days in order, those of one athlete (or pair of shoes) after those of another. They are laid out with a gap
before each owner, as long as any window reaches back: so what lies a fixed number of places earlier is a day of
the same owner, or nothing. A stretch of days is put together from stretches of 1, 2, 4, 8 … days, by additions
alone: days without a run sum to exactly 0, and a large number that has left the window leaves no trace.

Unknown is NaN, here as in every array. Answers are those of SQL: what is asked of nothing known is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from features.window_calls import Call

Frame = tuple[int | None, int]  # first and last day, in days back (``windows.frames``)
Laid = NDArray[Any]  # numbers or truths, with gaps
Take = Callable[..., object]  # of two arrays, ``out`` being a third: a ufunc, or what behaves like one


class Days:
    """The days of some owners, laid out with gaps, and what was already worked out of their columns."""

    def __init__(self, columns: Mapping[str, Column], lengths: NDArray[np.int64], gap: int) -> None:
        """``columns``: SQL expression → its value on each day; ``lengths``: how many days each owner has."""
        ends = np.cumsum(lengths + gap)
        starts = ends - lengths
        self.nth_day = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        self.places = np.repeat(starts, lengths) + self.nth_day
        self._owners = [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        self._size = int(np.sum(lengths + gap))
        self._columns = columns
        self._unknown = {name: np.isnan(values) for name, values in columns.items()}
        self._some_unknown = {name for name, unknown in self._unknown.items() if unknown.any()}
        self._about = ""
        self._made: dict[tuple[object, ...], Laid] = {}

    def answer(self, call: Call, frame: Frame) -> Column:
        """One value for each day; sooner where the call before it was about the same column (of two, the last).

        What was made of other columns is let go: memory that is used again costs less than fresh memory.
        """
        about = call.arguments[-1]
        if about != self._about:
            self._about = about
            self._made.clear()
        return ANSWERS[call.function](self, frame, *call.arguments)

    def laid_out(self, column: str, unknown: float = np.nan) -> Column:
        """The column's values, with ``unknown`` where there is none and in the gaps."""
        return self.once((column, unknown), lambda: self._spread(column, unknown))

    def taken(self, key: tuple[object, ...], values: Laid, take: Take, frame: Frame) -> Laid:
        """The values of a frame's days taken together, for each day; ``key`` names what is taken of what."""
        first, last = frame
        if first is None:
            if not isinstance(take, np.ufunc):
                raise ValueError("of all days so far only what can be accumulated is known")
            made = self.once((*key, "so far"), lambda: _so_far(values, take, self._owners))
        else:
            made = self._stretch(key, values, take, first - last + 1)
        return np.take(made, self.places - last, axis=-1)

    def unknown(self, column: str, frame: Frame) -> NDArray[np.bool_]:
        """Where the column has no value on any day of the frame."""
        if column in self._some_unknown:
            known = self.once(("known", column), lambda: ~np.isnan(self.laid_out(column)))
            return ~self.taken(("known", column), known, np.logical_or, frame)
        return np.asarray(self.nth_day < frame[1])

    def once(self, key: tuple[object, ...], make: Callable[[], Laid]) -> Laid:
        """What was made under this key, or is made now."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _spread(self, column: str, unknown: float) -> Column:
        spread = np.full(self._size, unknown)
        spread[self.places] = self._columns[column]
        if column in self._some_unknown:
            spread[self.places[self._unknown[column]]] = unknown
        return spread

    def _stretch(self, key: tuple[object, ...], values: Laid, take: Take, width: int) -> Laid:
        """Each value taken together with the ``width - 1`` before it, put together from two shorter stretches."""
        if width == 1:
            return values
        late = 1 << (width - 1).bit_length() - 1  # the largest power of two that leaves something

        def made() -> Laid:
            early = self._stretch(key, values, take, width - late)
            return _with_earlier(self._stretch(key, values, take, late), early, late, take)

        return self.once((*key, width), made)


def _so_far(values: Laid, take: np.ufunc, owners: list[slice]) -> Laid:
    so_far = values.copy()
    for days in owners:
        take.accumulate(values[days], out=so_far[days])
    return so_far


def _with_earlier(values: Laid, others: Laid, back: int, take: Take) -> Laid:
    together = np.empty_like(values)
    together[..., :back] = values[..., :back]  # in the first gap, where nothing is
    take(values[..., back:], others[..., :-back], out=together[..., back:])
    return together


def _first_largest(values: Column, earlier: Column, out: Column) -> None:
    """Of two days, each a rank and a place, the one of the larger rank, and the earlier one of two equals."""
    np.maximum(values[0], earlier[0], out=out[0])
    out[1] = np.where(earlier[0] >= values[0], earlier[1], values[1])


def _sum(days: Days, frame: Frame, column: str) -> Column:
    total = days.taken(("sum", column), days.laid_out(column, unknown=0.0), np.add, frame)
    total[days.unknown(column, frame)] = np.nan
    return total


def _max(days: Days, frame: Frame, column: str) -> Column:
    return days.taken(("max", column), days.laid_out(column), np.fmax, frame)


def _first_value(days: Days, frame: Frame, column: str) -> Column:
    first, last = frame
    back = days.nth_day if first is None else np.minimum(days.nth_day, first)
    found = days.laid_out(column)[days.places - back]
    found[days.nth_day < last] = np.nan
    return found


def _arg_max(days: Days, frame: Frame, column: str, ranked: str) -> Column:
    """The value of the first day on which ``ranked`` is largest, among days on which both are known."""
    found, rank = days.laid_out(column), days.laid_out(ranked, unknown=-np.inf)
    known = ~np.isnan(found)
    # columns that are known whenever they are ranked share the days on which they are looked up
    shared = bool(known[rank > -np.inf].all())
    key = ("first largest", ranked) if shared else ("first largest", ranked, column)
    ranks = rank if shared else np.where(known, rank, -np.inf)
    best, place = days.taken(
        key, np.stack([ranks, np.arange(len(ranks), dtype=np.float64)]), _first_largest, frame
    )
    answer = found[place.astype(np.int64)]
    answer[np.isneginf(best)] = np.nan
    return np.asarray(answer)


def _stddev_samp(days: Days, frame: Frame, column: str) -> Column:
    """By Welford's recurrence, whose answer for equal values is exactly 0."""
    values = days.laid_out(column)
    count, mean, squares = np.zeros((3, len(days.places)))
    for back in _days_back(frame):
        value = values[days.places - back]
        known = ~np.isnan(value)
        count += known
        off = np.where(known, value - mean, 0.0)
        mean += off / np.maximum(count, 1)
        squares += off * np.where(known, value - mean, 0.0)
    variance = np.divide(squares, count - 1, out=np.full(len(count), np.nan), where=count > 1)
    return np.asarray(np.sqrt(variance))


def _days_back(frame: Frame) -> range:
    first, last = frame
    if first is None:
        raise ValueError("this is asked of a stretch of days that has a first one")
    return range(first, last - 1, -1)


ANSWERS: dict[str, Callable[..., Column]] = {
    "sum": _sum,
    "max": _max,
    "first_value": _first_value,
    "arg_max": _arg_max,
    "stddev_samp": _stddev_samp,
}
_EVER_LONGER = frozenset(("sum", "max", "first_value"))


def can_answer(call: Call, frame: Frame) -> bool:
    """Whether the function is known, and for stretches that reach back to the first day where this one does."""
    return call.function in (ANSWERS if frame[0] is not None else _EVER_LONGER)
