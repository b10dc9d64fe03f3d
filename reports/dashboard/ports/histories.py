"""What the history's page asks of the rim."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from reports.dashboard.viewer import Scope
from reports.dashboard.views.history_shapes import HistoryView


class HistoryPort(Protocol):
    def history(self, athlete: str, weeks: int | None, scopes: Collection[Scope]) -> HistoryView | None:
        """The newest ``weeks`` (None: all there are) as far as ``scopes`` reach; None where nothing is recorded."""
