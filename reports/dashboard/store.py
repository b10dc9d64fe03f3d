"""Everything the pages ask for, gathered: one port for each group of pages."""

from __future__ import annotations

from typing import Protocol

from reports.dashboard.viewer import Viewer


class Store(Protocol):
    """The rim as pages see it. Each group of pages adds its own port here, from ``ports/``."""

    def viewer(self, session_token: str | None) -> Viewer | None:
        """Whose browser session that is; None where it is none, ended or too old."""

    def state(self) -> str:
        """Changes whenever anything changed that pages show: what is composed may be kept for as long."""
