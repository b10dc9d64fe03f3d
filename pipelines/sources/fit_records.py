"""The samples of a FIT file: raw columns → columns of a track, in time order, per session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column, Flag
from pipelines.sources.fit_messages import Messages
from pipelines.sources.samples import in_time_order

DEGREES_PER_SEMICIRCLE = 180.0 / 2**31
# In a file whose checksum fails, a step of more than a day between samples is damage, not a pause.
LONGEST_DOUBTFUL_STEP_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Samples:
    """Columns by track name over ``time_s`` (seconds since the FIT epoch, ascending)."""

    time_s: Column
    columns: dict[str, Column]
    flags: frozenset[Flag]

    @property
    def start_s(self) -> float | None:
        return float(self.time_s[0]) if len(self.time_s) else None

    @property
    def end_s(self) -> float | None:
        return float(self.time_s[-1]) if len(self.time_s) else None

    @property
    def span_s(self) -> float:
        return float(self.time_s[-1] - self.time_s[0]) if len(self.time_s) else 0.0

    def split(self, starts_s: Sequence[float | None]) -> list[Samples]:
        """One piece per session: a sample belongs to the last session that had begun."""
        if len(starts_s) == 1:
            return [self]
        edges = np.array([np.inf if start is None else start for start in starts_s[1:]])
        owner = np.searchsorted(edges, self.time_s, side="right")
        return [self._where(owner == index) for index in range(len(starts_s))]

    def _where(self, kept: NDArray[np.bool_]) -> Samples:
        return Samples(
            self.time_s[kept], {name: column[kept] for name, column in self.columns.items()}, self.flags
        )


def samples_of(messages: Messages, doubtful: bool) -> Samples:
    """The samples with a time, sorted. ``doubtful``: the file is damaged, so a wild time is not a pause
    but the edge of the damage, and only the longest stretch without one is kept."""
    raw = messages.records
    time_s = raw["timestamp"]
    cut = False
    if doubtful:
        credible = _credible(time_s)
        cut = bool(np.any(~credible & ~np.isnan(time_s)))
        time_s = np.where(credible, time_s, np.nan)
    time_s, columns, flags = in_time_order(time_s, _columns(raw))
    if cut:
        flags |= {Flag.TRUNCATED}
    if messages.record_count and not len(time_s):
        flags |= {Flag.NO_TIMESTAMPS}
    return Samples(time_s, columns, flags)


def _columns(raw: dict[str, Column]) -> dict[str, Column]:
    cadence = raw["cadence"] + np.nan_to_num(raw["fractional_cadence"])
    return {
        "distance_m": _unless_silent(raw["distance"], raw["stand_in_distance"]),
        "speed_mps": _first_known(raw["enhanced_speed"], raw["speed"]),
        "altitude_m": _first_known(raw["enhanced_altitude"], raw["altitude"]),
        "heart_rate_bpm": _unless_silent(raw["heart_rate"], raw["stand_in_heart_rate"]),
        "cadence_spm": cadence,
        "latitude_deg": raw["latitude"] * DEGREES_PER_SEMICIRCLE,
        "longitude_deg": raw["longitude"] * DEGREES_PER_SEMICIRCLE,
    }


def _first_known(one: Column, other: Column) -> Column:
    return np.where(np.isnan(one), other, one)


def _unless_silent(native: Column, stand_in: Column) -> Column:
    """The watch's own column, unless it is all absent or zero while an app's column is not."""
    return stand_in if not np.any(native > 0) and np.any(stand_in > 0) else native


def _credible(time_s: Column) -> NDArray[np.bool_]:
    """The longest run of samples without a wild jump in time."""
    known = np.flatnonzero(~np.isnan(time_s))
    pieces = np.split(known, np.flatnonzero(np.abs(np.diff(time_s[known])) > LONGEST_DOUBTFUL_STEP_S) + 1)
    credible = np.zeros(len(time_s), dtype=np.bool_)
    credible[max(pieces, key=len)] = True
    return credible
