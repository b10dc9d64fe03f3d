"""What a coach's pages ask for. Each answer holds what was shared with who asks, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from models.backtest import JudgedWeek
from reports.attention import Standing
from reports.comparing import AthleteWeeks
from reports.dashboard.viewer import Scope

Shared = Mapping[str, frozenset[Scope]]
# A problem that followed a level was told of by pain, or by an injury.
TOLD_BY_PAST_LEVELS = frozenset({Scope.TRAINING, Scope.PAIN, Scope.BODY})


class CoachPort(Protocol):
    def today(self) -> date:
        """The day on which "yesterday" and "3 days ago" are said, where no athlete's zone decides."""

    def standings(self, shared: Shared) -> tuple[Standing, ...]:
        """Everyone who shared anything, in no order of interest."""

    def weeks(self, shared: Shared, athletes: Sequence[str], number: int) -> tuple[AthleteWeeks, ...]:
        """The last ``number`` weeks of those athletes who shared training, in the order asked for."""

    def judged_weeks(self, shared: Shared) -> tuple[JudgedWeek, ...]:
        """Past levels and what followed, of those who shared ``TOLD_BY_PAST_LEVELS``, by name."""

    def is_digest_mailed(self, account: int) -> bool | None:
        """Whether this coach gets the weekly digest by mail; None where the installation sends no mail."""

    def mail_digest(self, account: int, is_wanted: bool) -> None: ...
