"""Bytes of any workout file → recordings, or one of two named errors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from features.training_log import Flag, Recording
from pipelines.sources.content import Format, content_of, format_of, unpack
from pipelines.sources.fit import read_fit
from pipelines.sources.gpx import read_gpx
from pipelines.sources.tcx import read_tcx

__all__ = ["Workouts", "content_of", "read_workouts"]

_XML_NOTES = {
    Flag.TRUNCATED: "The file breaks off early; everything before was read.",
    Flag.REPAIRED: "The file is malformed XML; what could be recovered was read.",
}


@dataclass(frozen=True, slots=True)
class Workouts:
    """What one file holds: at least one recording, and plain sentences about how it was read."""

    format: Format
    recordings: tuple[Recording, ...]
    notes: tuple[str, ...] = ()


def read_workouts(payload: bytes, name: str, *, now: datetime | None = None) -> Workouts:
    """Read FIT, GPX or TCX, gzipped or not, recognised by content; ``name`` only words refusals.

    ``now`` (default: the clock) decides which dates lie in the future.
    Raises NotAWorkout for what is no workout, UnreadableWorkout for what is broken; nothing else.
    """
    now = now or datetime.now(UTC)
    unpacked = unpack(payload)
    kind = format_of(unpacked.data, name)
    if kind is Format.FIT:
        found = read_fit(unpacked.data, now)
        recordings, notes = found.recordings, found.notes
    else:
        recordings, flags = (read_gpx if kind is Format.GPX else read_tcx)(unpacked.data, now)
        notes = tuple(_XML_NOTES[flag] for flag in sorted(flags) if flag in _XML_NOTES)
    if unpacked.cut:
        notes += ("The gzip file is damaged at its end; everything before was read.",)
        recordings = tuple(replace(r, flags=r.flags | {Flag.TRUNCATED}) for r in recordings)
    return Workouts(kind, recordings, notes)
