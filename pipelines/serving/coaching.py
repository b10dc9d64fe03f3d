"""Answers a coach's pages: all athletes in a few questions, of each only what was shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from features.training_log import Athlete
from models.backtest import JudgedWeek
from pipelines.logbook import digests
from pipelines.past_weeks import judged_weeks
from pipelines.serving.reach import Reach
from pipelines.shared_standings import shared_standings
from pipelines.warehouse import standings
from reports.attention import Standing
from reports.comparing import AthleteWeeks
from reports.dashboard.ports.coach import TOLD_BY_PAST_LEVELS, Shared
from reports.dashboard.viewer import Scope


class Coaching:
    """Answers ``reports.dashboard.ports.coach.CoachPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def today(self) -> date:
        return self._reach.settings.now().date()

    def standings(self, shared: Shared) -> tuple[Standing, ...]:
        asked = ("standings", _key(shared))
        return self._reach.kept.get(asked, lambda: self._standings(shared))

    def is_digest_mailed(self, account: int) -> bool | None:
        if not self._reach.settings.smtp_host:
            return None
        return account not in digests.stopped(self._reach.logbook)

    def mail_digest(self, account: int, is_wanted: bool) -> None:
        if is_wanted:
            digests.start(self._reach.logbook, account)
        else:
            digests.stop(self._reach.logbook, account, self._reach.settings.now())

    def weeks(self, shared: Shared, athletes: Sequence[str], number: int) -> tuple[AthleteWeeks, ...]:
        wanted = [name for name in athletes if Scope.TRAINING in shared.get(name, ())]
        names = {a.id: a.name for a in self._reach.logbook.athletes()}
        with self._reach.published.reading() as db:
            found = standings.weeks(db, wanted, number)
        return tuple(AthleteWeeks(one, names[one], found.get(one, ())) for one in wanted if one in names)

    def judged_weeks(self, shared: Shared) -> tuple[JudgedWeek, ...]:
        wanted = [one for one, scopes in shared.items() if scopes >= TOLD_BY_PAST_LEVELS]
        asked = ("judged weeks", tuple(sorted(wanted)))
        return self._reach.kept.get(asked, lambda: self._judged_weeks(wanted))

    def _judged_weeks(self, wanted: Sequence[str]) -> tuple[JudgedWeek, ...]:
        names = _names_apart(self._reach.logbook.athletes())
        if self._reach.published.identity() is None:
            return ()
        with self._reach.published.reading() as db:
            weeks = judged_weeks(self._reach.logbook, db, wanted)
        return tuple(replace(week, athlete=names[week.athlete]) for week in weeks)

    def _standings(self, shared: Shared) -> tuple[Standing, ...]:
        reach = self._reach
        return shared_standings(reach.settings, reach.logbook, reach.published, shared)


def _names_apart(people: Sequence[Athlete]) -> dict[str, str]:
    """Id → name; of several with the same name the id is told too."""
    counts = Counter(a.name for a in people)
    return {a.id: a.name if counts[a.name] == 1 else f"{a.name} ({a.id})" for a in people}


def _key(shared: Shared) -> tuple[tuple[str, tuple[Scope, ...]], ...]:
    return tuple(sorted((athlete, tuple(sorted(scopes))) for athlete, scopes in shared.items()))
