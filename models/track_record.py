"""How one athlete's past levels have held up: what was followed by a knee problem, and what was a false alarm."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from features import evidence
from models.backtest import RAISED, JudgedWeek
from models.risk import TOLERANCE


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """``raised`` are weeks whose training gave a raised level while the knee was well; of the ``known`` ones enough was told
    afterwards, and ``right`` were followed by a problem. ``problems`` began in a week with a level, ``missed``
    without a raised one in the fortnight before."""

    raised: int
    known: int
    right: int
    problems: int
    missed: int

    @property
    def false_alarms(self) -> int:
        return self.known - self.right


def track_record(weeks: Sequence[JudgedWeek]) -> TrackRecord:
    """``weeks`` are of one athlete. A level that pain told of raised foretells nothing: the knee hurt already."""
    raised = [week for week in weeks if _by_training(week) and not week.is_unwell]
    began = {week.problem_on for week in weeks if week.outcome == 1}
    foretold = {week.problem_on for week in raised if week.outcome == 1}
    return TrackRecord(
        raised=len(raised),
        known=sum(week.outcome in (0, 1) for week in raised),
        right=sum(week.outcome == 1 for week in raised),
        problems=len(began),
        missed=len(began - foretold),
    )


def _by_training(week: JudgedWeek) -> bool:
    elevated = math.log(evidence.value("level_elevated_from")) - TOLERANCE
    return week.level in RAISED and week.log_hazard is not None and week.log_hazard >= elevated
