"""What the pages of a coach's notes ask for and tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reports.dashboard.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Note:
    """``is_shared``: the athlete may read it; else it is its coach's alone."""

    id: int
    coach_name: str
    written_at: datetime
    text: str
    is_shared: bool


class NotePort(Protocol):
    def name_of(self, athlete: str) -> str:
        """What the athlete is called."""

    def written(self, coach: Viewer, athlete: str) -> tuple[Note, ...]:
        """The coach's own notes on an athlete, the newest first."""

    def shared_with(self, athlete: str) -> tuple[Note, ...]:
        """What coaches wrote for the athlete to read, the newest first."""

    def write(self, coach: Viewer, athlete: str, text: str, is_shared: bool) -> None:
        """Raises Refused for a note of nothing, or a book."""

    def remove(self, coach: Viewer, athlete: str, number: int) -> None:
        """A note of the coach's own; of another's nothing happens."""
