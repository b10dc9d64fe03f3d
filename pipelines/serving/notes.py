"""Answers the pages of a coach's notes."""

from __future__ import annotations

from pipelines.logbook import coach_notes
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from reports.dashboard.ports.notes import Note
from reports.dashboard.viewer import Viewer


class Notes:
    """Answers ``reports.dashboard.ports.notes.NotePort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def name_of(self, athlete: str) -> str:
        return self._reach.logbook.athlete(athlete).name

    def written(self, coach: Viewer, athlete: str) -> tuple[Note, ...]:
        return coach_notes.of_coach(self._reach.logbook, coach.account, athlete)

    def shared_with(self, athlete: str) -> tuple[Note, ...]:
        return coach_notes.shared_with(self._reach.logbook, athlete)

    def write(self, coach: Viewer, athlete: str, text: str, is_shared: bool) -> None:
        now = self._reach.settings.now()
        with as_refusal():
            coach_notes.add(self._reach.logbook, athlete, coach.account, coach.name, text, is_shared, now)

    def remove(self, coach: Viewer, athlete: str, number: int) -> None:
        coach_notes.remove(self._reach.logbook, coach.account, athlete, number)
