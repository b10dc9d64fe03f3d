"""The pulse that a chest strap kept to itself in the water, put beside the samples of the watch.

Such a strap sends ``hr`` messages afterwards: each beat's pulse with the strap's own clock (seconds
in steps of 1/1024), of which most beats carry only twelve bits, and now and then the watch's time for
one moment of that clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from pipelines.sources.fit_columns import TWELVE, Table, counted_on, counts_of, twelve_bits
from pipelines.sources.fit_profile import fields_of

# Beats longer ago than this say nothing about the moment of a sample.
LONGEST_WINDOW_S = 10.0


@dataclass(frozen=True, slots=True)
class Beats:
    """The strap's pulse over ``time_s`` (seconds since the FIT epoch, ascending)."""

    time_s: Column
    heart_rate_bpm: Column

    def at(self, time_s: Column) -> Column:
        """Per sample the mean pulse since the sample before it (at most ``LONGEST_WINDOW_S`` back)."""
        since = np.maximum(np.concatenate(([-np.inf], time_s[:-1])), time_s - LONGEST_WINDOW_S)
        first = np.searchsorted(self.time_s, since, side="right")
        after = np.searchsorted(self.time_s, time_s, side="right")
        summed = np.concatenate(([0.0], np.cumsum(self.heart_rate_bpm)))
        count = after - first
        mean = (summed[after] - summed[first]) / np.maximum(count, 1)
        return np.where(count > 0, mean, np.nan)


def beats_of(messages: Table) -> Beats | None:
    """All beats whose time can be told; None if there are none."""
    told = messages.columns
    if not {"timestamp", "event_timestamp", "filtered_bpm"} <= told.keys():
        return None
    scale = fields_of("hr")["event_timestamp"].scale or 1.0
    full = _as_lists(told["event_timestamp"])
    low = _low_bits(told.get("event_timestamp_12"), len(messages))
    pulse = _as_lists(told["filtered_bpm"])
    width = min(max(full.shape[1], low.shape[1]), pulse.shape[1])
    full, low, pulse = (_of_width(column, width) for column in (full, low, pulse))
    # A message tells its beats' times either in full or by their low bits.
    is_beat = ~np.isnan(pulse) & ~(np.isnan(full) & np.isnan(low))
    clock_s = counted_on(counts_of(low[is_beat]), counts_of(full[is_beat] * scale), TWELVE) / scale
    difference_s = _clock_difference_s(told, full[:, 0])
    time_s = clock_s + np.repeat(difference_s, is_beat.sum(axis=1))
    known = ~np.isnan(time_s)
    order = np.argsort(time_s[known], kind="stable")
    return Beats(time_s[known][order], pulse[is_beat][known][order]) if known.any() else None


def together(found: Iterable[Beats | None]) -> Beats | None:
    """The beats of several parts as one; None if there are none."""
    beats = [part for part in found if part is not None]
    if not beats:
        return None
    time_s = np.concatenate([part.time_s for part in beats])
    order = np.argsort(time_s, kind="stable")
    return Beats(time_s[order], np.concatenate([part.heart_rate_bpm for part in beats])[order])


def _clock_difference_s(told: dict[str, NDArray[np.float64]], strap_s: Column) -> Column:
    """Per message the watch's time less the strap's, from the last message that tells both."""
    fraction = np.nan_to_num(told.get("fractional_timestamp", np.zeros(len(strap_s))))
    difference = told["timestamp"] + fraction - strap_s
    last = np.maximum.accumulate(np.where(np.isnan(difference), -1, np.arange(len(difference))))
    return np.where(last >= 0, difference[last], np.nan)


def _low_bits(packed: NDArray[np.float64] | None, length: int) -> NDArray[np.float64]:
    if packed is None:
        return np.full((length, 0), np.nan)
    low = twelve_bits(np.nan_to_num(packed)).astype(np.float64)
    low[np.isnan(packed[:, 0])] = np.nan
    return low


def _as_lists(column: NDArray[np.float64]) -> NDArray[np.float64]:
    return column.reshape(len(column), -1)


def _of_width(column: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    missing = width - column.shape[1]
    return (
        np.pad(column, ((0, 0), (0, missing)), constant_values=np.nan) if missing > 0 else column[:, :width]
    )
