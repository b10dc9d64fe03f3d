"""What a run's page asks of the rim, and what its owner corrects there."""

from __future__ import annotations

from typing import Protocol

from reports.dashboard.viewer import Viewer
from reports.dashboard.views.run import RunView

SURFACES = ("hard", "firm", "natural", "track", "treadmill")


class RunPort(Protocol):
    """The corrections raise LookupError for an activity that is not this athlete's, Refused for what cannot be."""

    def run(self, athlete: str, activity: str, viewer: Viewer, colour: str | None) -> RunView | None:
        """One workout as this viewer may see it, its line coloured by ``surface`` or ``grade``; None if it is not theirs."""

    def correct_shoe(self, athlete: str, activity: str, shoe: str) -> None:
        """It was in this pair; ``none`` = in none of theirs, ``rules`` = take the correction back."""

    def tell_effort(self, athlete: str, activity: str, rpe: str, recovery: str) -> None:
        """How hard it felt and how recovered they were, each 0 to 10 or empty."""

    def tell_surface(self, athlete: str, activity: str, surface: str) -> None:
        """What it was on; ``unsaid`` takes it back."""
