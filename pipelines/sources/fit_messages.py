"""The messages of one FIT part that we use: samples as columns, the rest as rows, all by profile name.

Values come scaled to the units of the FIT profile; times are seconds since 1989-12-31 UTC, angles
semicircles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.sources.fit_bytes import Part
from pipelines.sources.fit_columns import TWELVE, Table, counted_on, counts_of, lifted, table_of, twelve_bits
from pipelines.sources.fit_developer import stand_ins_of
from pipelines.sources.fit_layout import layout_of
from pipelines.sources.fit_profile import message_number, packed_in
from pipelines.sources.fit_rows import Row, rows_of
from pipelines.sources.fit_walk import COMPRESSED, Offsets

TIME = "timestamp"
PACKED = "compressed_speed_distance"
TIME_BITS = 5

WANTED: dict[str, tuple[str, ...]] = {
    "file_id": ("type", "manufacturer", "product", "time_created", "product_name"),
    "sport": ("sport", "sub_sport"),
    "session": (
        TIME, "start_time", "sport", "sub_sport", "total_elapsed_time", "total_timer_time", "total_distance",
        "total_ascent", "total_descent",
    ),
    "lap": ("sport", "sub_sport"),  # for a recording that breaks off before its session
    "record": (
        TIME, "position_lat", "position_long", "altitude", "enhanced_altitude", "heart_rate", "cadence",
        "fractional_cadence", "distance", "speed", "enhanced_speed", PACKED, "power", "temperature",
        "stance_time", "stance_time_balance", "vertical_oscillation",
    ),
    "event": (TIME, "event", "event_type"),
    "device_info": (
        "device_index", "device_type", "manufacturer", "product", "source_type", "product_name",
    ),
    "activity": (TIME, "local_timestamp"),
    "hr": (
        TIME, "fractional_timestamp", "filtered_bpm", "event_timestamp", "event_timestamp_12",
    ),
}  # fmt: skip
_LISTS = frozenset({"filtered_bpm", "event_timestamp"})
_WANTED_NUMBERS = {message_number(name): name for name in WANTED}


@dataclass(frozen=True, slots=True)
class Messages:
    """What one part says. ``beats`` are the messages of a strap that kept its own record of the pulse."""

    records: Table
    beats: Table
    file_ids: list[Row]
    sports: list[Row]
    sessions: list[Row]
    events: list[Row]
    devices: list[Row]
    activities: list[Row]

    @property
    def only_beats(self) -> bool:
        return bool(len(self.beats)) and not len(self.records) and not self.sessions


def messages_of(part: Part) -> Messages:
    """Everything we use of one part."""
    stand_ins = stand_ins_of(part)
    times = _full_times(part) if part.compressed else None

    def rows(message: str) -> list[Row]:
        found = rows_of(part, message, WANTED[message], stand_ins)
        if times is not None and TIME in WANTED[message]:
            times.complete_rows(found)
        return [row for _, row in found]

    laps = [(at, row) for at, row in rows_of(part, "lap", WANTED["lap"]) if "sport" in row]
    for _, row in laps:
        row.setdefault("sub_sport", "generic")
    sports = sorted(rows_of(part, "sport", WANTED["sport"]) + laps, key=lambda found: found[0])
    records = table_of(part, "record", WANTED["record"], stand_ins)
    if times is not None:
        times.complete_table(records)
    if PACKED in records.columns:
        _unpack_speed_and_distance(records)
    return Messages(
        records=records,
        beats=table_of(part, "hr", WANTED["hr"], lists=_LISTS),
        file_ids=rows("file_id"),
        sports=[row for _, row in sports],
        sessions=rows("session"),
        events=rows("event"),
        devices=rows("device_info"),
        activities=rows("activity"),
    )


def leaves_out_a_wanted_field(part: Part) -> bool:
    """True if a field that we want has a size or type that cannot be, so that it was left out."""
    return any(
        layout_of(definition, name, WANTED[name]).left_out
        for definition in part.places
        if (name := _WANTED_NUMBERS.get(definition.message)) is not None
    )


@dataclass(frozen=True, slots=True)
class _Times:
    """The times of all messages that carry only the low five bits of theirs, in the header byte."""

    offsets: Offsets
    time_s: NDArray[np.float64]

    def complete_table(self, table: Table) -> None:
        where = np.searchsorted(self.offsets, table.offsets)
        where = np.minimum(where, len(self.offsets) - 1)
        told = self.offsets[where] == table.offsets
        own = table.columns.get(TIME, np.full(len(table), np.nan))
        table.columns[TIME] = np.where(told, self.time_s[where], own)

    def complete_rows(self, rows: list[tuple[int, Row]]) -> None:
        for offset, row in rows:
            where = int(np.searchsorted(self.offsets, offset))
            if where < len(self.offsets) and self.offsets[where] == offset:
                row[TIME] = float(self.time_s[where])


def _full_times(part: Part) -> _Times:
    """A compressed message counts its time on from the last full one, in whatever message that was."""
    heads = np.frombuffer(part.payload, dtype=np.uint8)
    offsets, full = [], []
    for definition, places in part.places.items():
        # Field 253 is the time of every message, also of those that the profile does not know.
        layout = layout_of(definition, "record", (TIME,))
        told = lifted(part, definition, layout).columns.get(TIME, np.full(len(places), np.nan))
        used = (heads[places] >= COMPRESSED) | ~np.isnan(told)
        offsets.append(places[used])
        full.append(counts_of(told[used]))
    starts, times = np.concatenate(offsets), np.concatenate(full)
    order = np.argsort(starts)
    starts, times = starts[order], times[order]
    return _Times(starts, counted_on(heads[starts].astype(np.int64), times, TIME_BITS).astype(np.float64))


def _unpack_speed_and_distance(records: Table) -> None:
    """Three bytes of two numbers, as the oldest devices wrote them, where nothing better was written."""
    packed = records.columns.pop(PACKED)[:, :3]
    known = np.flatnonzero(~np.all(packed == 0xFF, axis=1) & ~np.any(np.isnan(packed), axis=1))
    if packed.shape[1] < 3:
        return
    numbers = twelve_bits(packed[known])
    for place, (name, scale, accumulates) in enumerate(packed_in("record", PACKED)):
        raw = numbers[:, place]
        if accumulates:
            raw = counted_on(raw, np.full(len(raw), -1), TWELVE)
        column = np.full(len(records), np.nan)
        column[known] = raw / scale
        own = records.columns.get(name, column)
        records.columns[name] = np.where(np.isnan(own), column, own)
