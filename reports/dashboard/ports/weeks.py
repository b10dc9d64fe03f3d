"""What the week's page asks of the rim."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from features.training_log import Week
from reports.dashboard.viewer import Scope
from reports.dashboard.views.week import WeekView


class WeekPort(Protocol):
    def week(self, athlete: str, week: Week | None, scopes: Collection[Scope]) -> WeekView | None:
        """One athlete's week, or the newest there is, as far as ``scopes`` reach; None where nothing is recorded."""
