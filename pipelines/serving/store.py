"""The store behind the web pages: each group of pages is answered by a file of its own, gathered here."""

from __future__ import annotations

from pipelines.errors import KneewiseError
from pipelines.serving.coaching import Coaching
from pipelines.serving.jobs import Jobs
from pipelines.serving.knee import Knee
from pipelines.serving.notes import Notes
from pipelines.serving.reach import Reach
from pipelines.serving.shoes import Shoes
from reports.dashboard.store import Health
from reports.dashboard.viewer import Viewer


class ServedStore:
    """Answers ``reports.dashboard.store.Store``. A group of pages adds one line to ``__init__``:
    ``self.weeks = Weeks(reach)``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self.knee = Knee(reach)
        self.shoes = Shoes(reach)
        self.coaching = Coaching(reach)
        self.notes = Notes(reach)
        self.jobs = Jobs(reach)

    def viewer(self, session_token: str | None) -> Viewer | None:
        return None

    def state(self) -> str:
        return self._reach.state()

    def health(self) -> Health:
        """Whether what pages are made from can be read; nothing of what is in it."""
        if self._reach.published.identity() is None:
            return Health.NOTHING_PUBLISHED
        try:
            with self._reach.published.reading():
                return Health.READABLE
        except KneewiseError:
            return Health.UNREADABLE
