"""The samples of a FIT file: raw columns → columns of a track, in time order, per session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column, Flag
from pipelines.sources.fit_columns import Table
from pipelines.sources.fit_layout import APP
from pipelines.sources.fit_straps import Beats
from pipelines.sources.samples import in_time_order

DEGREES_PER_SEMICIRCLE = 180.0 / 2**31
METRES_PER_MILLIMETRE = 0.001
# In a file whose checksum fails, a step of more than a day between samples is damage, not a pause.
LONGEST_DOUBTFUL_STEP_S = 86_400.0

# Column of a track → field of the profile, a plainer field behind it, and how many of our units it has.
_SOURCES: dict[str, tuple[str, str | None, float]] = {
    "distance_m": ("distance", None, 1.0),
    "speed_mps": ("enhanced_speed", "speed", 1.0),
    "altitude_m": ("enhanced_altitude", "altitude", 1.0),
    "heart_rate_bpm": ("heart_rate", None, 1.0),
    "cadence_spm": ("cadence", None, 1.0),
    "latitude_deg": ("position_lat", None, DEGREES_PER_SEMICIRCLE),
    "longitude_deg": ("position_long", None, DEGREES_PER_SEMICIRCLE),
    "stance_time_ms": ("stance_time", None, 1.0),
    "stance_balance_percent": ("stance_time_balance", None, 1.0),
    "vertical_oscillation_m": ("vertical_oscillation", None, METRES_PER_MILLIMETRE),
    "power_w": ("power", None, 1.0),
    "temperature_c": ("temperature", None, 1.0),
}


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


def samples_of(records: Table, beats: Beats | None, doubtful: bool) -> Samples:
    """The samples with a time, sorted. ``doubtful``: the file is damaged, so a wild time is not a pause
    but the edge of the damage, and only the longest stretch without one is kept."""
    time_s = records.columns.get("timestamp", np.full(len(records), np.nan))
    cut = False
    if doubtful:
        credible = _credible(time_s)
        cut = bool(np.any(~credible & ~np.isnan(time_s)))
        time_s = np.where(credible, time_s, np.nan)
    time_s, columns, flags = in_time_order(time_s, _columns(records.columns))
    if beats is not None:
        columns["heart_rate_bpm"] = _pulse(columns.get("heart_rate_bpm"), beats.at(time_s))
    if cut:
        flags |= {Flag.TRUNCATED}
    if len(records) and not len(time_s):
        flags |= {Flag.NO_TIMESTAMPS}
    return Samples(time_s, columns, flags)


def _columns(told: Mapping[str, Column]) -> dict[str, Column]:
    """Columns of a track from those of the profile; one that no message has is left out."""
    columns: dict[str, Column] = {}
    for name, (better, plain, factor) in _SOURCES.items():
        column = told.get(better) if plain is None else _first_known(told.get(better), told.get(plain))
        column = _unless_silent(column, told.get(APP + (plain or better)))
        if column is not None:
            columns[name] = column if factor == 1.0 else column * factor
    fraction = told.get("fractional_cadence")
    if fraction is not None and "cadence_spm" in columns:
        columns["cadence_spm"] = columns["cadence_spm"] + np.nan_to_num(fraction)
    return columns


def _first_known(one: Column | None, other: Column | None) -> Column | None:
    if one is None or other is None:
        return one if other is None else other
    return np.where(np.isnan(one), other, one)


def _unless_silent(native: Column | None, app: Column | None) -> Column | None:
    """The watch's own column, unless it is all absent or zero while an app's column is not."""
    if app is None or not np.any(app > 0):
        return native
    return app if native is None or not np.any(native > 0) else native


def _pulse(watch: Column | None, strap: Column) -> Column:
    """The strap's pulse, and where it has no beats the watch's: what a watch measures at the wrist
    meanwhile, under water above all, is the poorer number (the maker's own library does the same)."""
    return strap if watch is None else np.where(np.isnan(strap), watch, strap)


def _credible(time_s: Column) -> NDArray[np.bool_]:
    """The longest run of samples without a wild jump in time."""
    known = np.flatnonzero(~np.isnan(time_s))
    pieces = np.split(known, np.flatnonzero(np.abs(np.diff(time_s[known])) > LONGEST_DOUBTFUL_STEP_S) + 1)
    credible = np.zeros(len(time_s), dtype=np.bool_)
    credible[max(pieces, key=len)] = True
    return credible
