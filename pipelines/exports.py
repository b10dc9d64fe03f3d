"""What an account's export says beside the workouts: titles, shoes, efforts, matched to recordings.

Strava's ``activities.csv`` names files; Garmin's JSON lists name starting times. Both are optional:
the workouts are the same without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pipelines.sources import garmin_export, strava_export

ACTIVITIES, SHOES = "activities.csv", "shoes.csv"
TAKEN = "A list of an account's export: titles, shoes and efforts were taken from it."


@dataclass(frozen=True, slots=True)
class ImportedRecording:
    """A recording as the notes are matched to it: which file it came from, when it started (UTC)."""

    id: str
    path: str
    sport: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class RecordingNote:
    """What the account says about one recording."""

    recording: str
    title: str | None
    shoe: str | None
    rpe: float | None


def is_export_list(path: str) -> bool:
    """Whether a file of that name may be one; such a file is read in every sync, for the workouts
    that have come since."""
    name = path.rpartition("/")[2]
    return name in (ACTIVITIES, SHOES) or name.endswith(
        (garmin_export.SUMMARIES_NAME, garmin_export.GEAR_NAME)
    )


@dataclass(slots=True)
class ExportLists:
    """The lists found beside workouts, by the path of the folder or archive that holds them."""

    by_path: dict[str, bytes] = field(default_factory=dict)

    def take(self, path: str, payload: bytes) -> bool:
        """Keep the file if it is such a list."""
        if is_export_list(path):
            self.by_path[path] = payload
            return True
        return False

    def notes(self, recordings: Iterable[ImportedRecording]) -> list[RecordingNote]:
        """A note for each recording that a list knows. Only runs are given shoes."""
        known = list(recordings)
        return [*self._strava(known), *self._garmin(known)]

    def _strava(self, recordings: list[ImportedRecording]) -> Iterator[RecordingNote]:
        for path, data in self.by_path.items():
            folder, _, name = path.rpartition("/")
            if name != ACTIVITIES:
                continue
            pairs = strava_export.read_shoes(self.by_path.get(f"{folder}/{SHOES}", b""))
            labels = {pair.label for pair in pairs}
            notes = strava_export.read_activities(data, pairs)
            for recording in recordings:
                if not recording.path.startswith(f"{folder}/"):
                    continue
                note = strava_export.note_for(notes, recording.path.removeprefix(f"{folder}/"))
                if note is not None:
                    # without shoes.csv a gear may be a bike: believe it for runs alone
                    is_shoe = note.gear in labels or (not labels and recording.sport == "running")
                    shoe = note.gear if is_shoe else None
                    yield RecordingNote(recording.id, note.name, shoe, note.rpe)

    def _garmin(self, recordings: list[ImportedRecording]) -> Iterator[RecordingNote]:
        gear = garmin_export.GarminGear()
        for path, data in self.by_path.items():
            if path.endswith(garmin_export.GEAR_NAME):
                gear = garmin_export.read_gear(data)
        for path, data in self.by_path.items():
            if not path.endswith(garmin_export.SUMMARIES_NAME):
                continue
            notes = garmin_export.read_notes(data, gear)
            for recording in recordings:
                note = garmin_export.note_for(notes, recording.started_at)
                if note is not None:
                    shoe = note.gear[0] if note.gear and recording.sport == "running" else None
                    yield RecordingNote(recording.id, note.name, shoe, note.rpe)
