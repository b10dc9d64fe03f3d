"""A week that starts on Sunday: the same files, other seven days, in every number of the report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from pipelines_cli import PROJECT

from features.training_log import Athlete, Week
from pipelines import settings, steps
from pipelines.intake import Tick
from pipelines.story import build_story
from pipelines.warehouse import store
from reports.week_page import compose
from reports.week_story import WeekStory

FILES = PROJECT / "data_samples" / "mara"
MO = Athlete("mo", "Mo", "America/Denver", week_start="monday")
SU = Athlete("su", "Su", "America/Denver", week_start="sunday")


@contextmanager
def quietly(_what: str) -> Iterator[Tick]:
    yield lambda *_: None


def test_a_report_tells_the_athletes_own_seven_days(tmp_path: Path) -> None:
    (tmp_path / settings.CONFIG_NAME).write_text("today = 2026-11-16\n", encoding="utf-8")
    with steps.open_home(settings.load(tmp_path)) as home:
        for person in (MO, SU):
            home.logbook.add_athlete(person)
        steps.sync(home, {person.id: [FILES] for person in (MO, SU)}, quietly)
        with store.open_published(home.settings.published_path) as db:

            def told(person: Athlete) -> WeekStory:
                week = Week.parse("2026-W46", person.week_start)
                return build_story(home.settings, home.logbook, db, person, week)

            mo, su = told(MO), told(SU)
    assert {s.day for s in mo.sessions} - {s.day for s in su.sessions} == {date(2026, 11, 15)}
    assert {s.day for s in su.sessions} - {s.day for s in mo.sessions} == {date(2026, 11, 8)}
    for story in (mo, su):
        runs = [s.distance_m for s in story.sessions if s.sport == "running" and s.distance_m is not None]
        assert story.weeks[-1].distance_m == sum(runs) == story.features["weekly_distance_m"]
        starts = [week.week.first_day for week in story.weeks]
        assert starts == [story.week.first_day - timedelta(weeks=n) for n in range(len(starts))][::-1]
    assert compose(mo).span == "Monday 9 to Sunday 15 November 2026"
    page = compose(su)
    assert (page.number, page.span) == ("Your week", "Sunday 8 to Saturday 14 November 2026")
    assert page.picture.rows[-1].starts == "8 Nov"
