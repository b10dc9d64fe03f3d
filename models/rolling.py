"""Sums and largest values over the named stretches of days, for many athletes at once.

Arrays are (athletes, days); the stretches are those of ``features.windows``, and what lies before the first
day is not there. Whole arrays, since a window function in a database cannot look back from a simulated day.
"""

from __future__ import annotations

import numpy as np

from features import windows
from features.training_log import Column


def total(values: Column, window: str) -> Column:
    """The sum over the stretch; NaN counts as nothing."""
    first, last = _frame(window)
    days = values.shape[-1]
    so_far = np.zeros((*values.shape[:-1], days + 1))
    np.cumsum(np.nan_to_num(values), axis=-1, out=so_far[..., 1:])
    day = np.arange(days)
    return np.asarray(so_far[..., np.maximum(day + 1 - last, 0)] - so_far[..., np.maximum(day - first, 0)])


def largest(values: Column, window: str) -> Column:
    """The largest value over the stretch; NaN where none is known."""
    first, last = _frame(window)
    return _lagged(_largest_of(values, first - last + 1), last)


def largest_before(values: Column, days: int) -> Column:
    """The largest value of so many days, the row's own day left out."""
    return _lagged(_largest_of(values, days), 1)


def at_largest(values: Column, ranked: Column, window: str) -> Column:
    """The value of the day whose ``ranked`` is largest over the stretch that ends with the row's day."""
    first, last = _frame(window)
    best, found = np.full_like(ranked, np.nan), np.full_like(values, np.nan)
    for back in range(first, last - 1, -1):
        then, value = _lagged(ranked, back), _lagged(values, back)
        better = (then > best) | (np.isnan(best) & np.isfinite(then))
        best, found = np.where(better, then, best), np.where(better, value, found)
    return found


def _frame(window: str) -> tuple[int, int]:
    first, last = windows.frames()[window]
    if first is None:
        raise ValueError(f"the window {window!r} has no first day")
    return first, last


def _largest_of(values: Column, days: int) -> Column:
    """Over the row's day and those before it: stretches are doubled until they are long enough."""
    found, covered = values, 1
    while covered < days:
        step = min(covered, days - covered)
        found = np.fmax(found, _lagged(found, step))
        covered += step
    return found


def _lagged(values: Column, days: int) -> Column:
    """What was so many days earlier; NaN before the first day."""
    if days == 0:
        return values
    moved = np.full_like(values, np.nan)
    moved[..., days:] = values[..., :-days]
    return moved
