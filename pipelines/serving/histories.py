"""Answers the history's page: weeks, runs and levels from the published copy, pain and injuries from the logbook."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from features.training_log import Athlete, Week
from models.verdict import Level
from pipelines.serving.reach import Reach
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from reports.dashboard.viewer import Scope
from reports.dashboard.views.history import history_view
from reports.dashboard.views.history_shapes import HistoryView
from reports.load_history import WEEKS_BEFORE, LoadHistory, RanSession
from reports.wording import Measure


class Histories:
    """``reports.dashboard.ports.histories.HistoryPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def history(self, athlete: str, weeks: int | None, scopes: Collection[Scope]) -> HistoryView | None:
        given = frozenset(scopes)
        if self._reach.published.identity() is None:
            return None
        return self._reach.kept.get(
            ("history", athlete, weeks, given), lambda: self._view(athlete, weeks, given)
        )

    def _view(self, athlete: str, weeks: int | None, scopes: frozenset[Scope]) -> HistoryView | None:
        person = self._reach.logbook.athlete(athlete)
        with self._reach.published.reading() as db:
            recorded = reading.recorded_span(db, athlete)
            if recorded is None:
                return None
            first, last = recorded
            every = _weeks(first, last, person.week_start)
            shown = len(every) if weeks is None else min(weeks, len(every))
            history = self._history(db, person, every[-shown - WEEKS_BEFORE :], recorded, scopes)
        return history_view(history, shown, Measure(person.units))

    def _history(
        self,
        db: Db,
        person: Athlete,
        weeks: tuple[Week, ...],
        recorded: tuple[date, date],
        scopes: frozenset[Scope],
    ) -> LoadHistory:
        first, last = weeks[0].first_day, recorded[1]
        check_ins = self._reach.logbook.check_ins(person.id, first, last) if Scope.PAIN in scopes else ()
        ran = reading.rows(db, "run_sessions", {"athlete": person.id, "first": first})
        return LoadHistory(
            athlete=person.id,
            name=person.name,
            weeks=weeks,
            first_day=recorded[0],
            last_day=last,
            sessions=tuple(RanSession(**row) for row in ran),
            levels={day: Level(level) for day, level in reading.levels(db, person.id, first)},
            pain={c.day: c.worst_pain for c in check_ins if c.worst_pain is not None},
            injuries=person.injuries if Scope.BODY in scopes else (),
            shows_pain=Scope.PAIN in scopes,
            shows_body=Scope.BODY in scopes,
        )


def _weeks(first: date, last: date, starts_on: str) -> tuple[Week, ...]:
    week, found = Week.of(first, starts_on), []
    while week.first_day <= last:
        found.append(week)
        week = week.shifted(1)
    return tuple(found)
