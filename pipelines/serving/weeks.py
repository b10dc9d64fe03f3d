"""Answers the week's page: builds the story as the weekly report does, and keeps the finished view."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from features.training_log import Athlete, Week
from pipelines.logbook import shoes as shoe_book
from pipelines.serving.reach import Reach
from pipelines.story import build_story, with_shoe_names
from pipelines.warehouse import reading
from reports.dashboard.viewer import Scope
from reports.dashboard.views.week import WeekView, is_under_way, week_view


class Weeks:
    """``reports.dashboard.ports.weeks.WeekPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def week(self, athlete: str, week: Week | None, scopes: Collection[Scope]) -> WeekView | None:
        given = frozenset(scopes)
        if self._reach.published.identity() is None:
            return None
        return self._reach.kept.get(("week", athlete, week, given), lambda: self._view(athlete, week, given))

    def _view(self, athlete: str, week: Week | None, scopes: frozenset[Scope]) -> WeekView | None:
        settings, logbook = self._reach.settings, self._reach.logbook
        person = logbook.athlete(athlete)
        today = settings.today_in(person.zone)
        with self._reach.published.reading() as db:
            # what is not measured yet is told tomorrow, not told as unknown today
            measured = reading.last_measured_day(db, athlete)
            until = min(today, measured or today)
            wanted = _own(week, person) if week else Week.of(until, person.week_start)
            if wanted.first_day > until:
                return None
            story = build_story(settings, logbook, db, person, wanted, until)
            since = story.as_of - timedelta(days=6)
            if is_under_way(story, today):
                recent = reading.sessions(db, athlete, since, story.as_of)
                story = replace(story, sessions=with_shoe_names(recent, shoe_book.shoes(logbook, athlete)))
        return week_view(story, today, scopes)


def _own(week: Week, person: Athlete) -> Week:
    """The week of that name as this athlete counts it."""
    return Week(week.year, week.number, person.week_start)
