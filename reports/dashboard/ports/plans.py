"""What the plan's tick boxes ask of the rim."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from reports.dashboard.views.plan_day import PlanDay


class PlanPort(Protocol):
    def day(self, athlete: str, day: date | None = None) -> PlanDay | None:
        """This week's exercises with what was told of one of its days (None: today).

        None where none are planned, or where the knee comes first. Raises Refused for a day that is not of this week
        or has not come yet.
        """

    def tell(self, athlete: str, day: date, pain: Mapping[str, int | None], next_morning: int | None) -> None:
        """These exercises were done on that day and the week's others were not; pain is 0 to 10, None = not said.

        Raises Refused as ``day`` does, for an exercise that is not planned, and for pain off the scale.
        """
