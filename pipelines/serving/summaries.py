"""Answers programs: the same facts that pages are made of, as they are kept."""

from __future__ import annotations

from datetime import date, timedelta

from features.training_log import Athlete, ShoeDay, Week
from models.verdict import Reason
from pipelines.errors import KneewiseError
from pipelines.logbook import shoes as shoe_book
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from pipelines.story import build_story
from pipelines.warehouse import reading
from reports.dashboard.ports.summaries import ReasonFacts, RunFacts, ShoeFacts, WeekFacts
from reports.week_story import SessionLine, WeekStory

USUAL_DAYS, MOST_DAYS = 28, 366


class Summaries:
    """Answers ``SummaryPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def week(self, athlete: str, week: str | None) -> WeekFacts | None:
        if self._reach.published.identity() is None:
            return None
        return self._reach.kept.get(("week facts", athlete, week), lambda: self._week(athlete, week))

    def _week(self, athlete: str, week: str | None) -> WeekFacts | None:
        person, today = self._person(athlete)
        with as_refusal():
            named = Week.parse(week) if week else None
        start = person.week_start
        wanted = Week.of(today, start) if named is None else Week(named.year, named.number, start)
        if wanted.first_day > today:
            return None
        with self._reach.published.reading() as db:
            story = build_story(self._reach.settings, self._reach.logbook, db, person, wanted)
        return _week_facts(story)

    def runs(self, athlete: str, first: date | None, last: date | None) -> tuple[RunFacts, ...]:
        _, today = self._person(athlete)
        until = last or today
        since = first or until - timedelta(days=USUAL_DAYS - 1)
        with as_refusal():
            if not timedelta() <= until - since < timedelta(days=MOST_DAYS):
                raise KneewiseError("ask for a year at most, from a first day to a last one.")
        if self._reach.published.identity() is None:
            return ()
        with self._reach.published.reading() as db:
            return tuple(map(_run_facts, reading.sessions(db, athlete, since, until)))

    def shoes(self, athlete: str) -> tuple[ShoeFacts, ...]:
        _, today = self._person(athlete)
        if self._reach.published.identity() is None:
            return ()
        pairs = shoe_book.shoes(self._reach.logbook, athlete)
        with self._reach.published.reading() as db:
            until = min(today, reading.last_measured_day(db, athlete) or today)
            return tuple(map(_shoe_facts, reading.shoe_days(db, athlete, until, pairs)))

    def _person(self, athlete: str) -> tuple[Athlete, date]:
        person = self._reach.logbook.athlete(athlete)
        return person, self._reach.settings.today_in(person.zone)


def _week_facts(story: WeekStory) -> WeekFacts:
    verdict = story.assessment
    return WeekFacts(
        athlete=story.athlete.id,
        week=str(story.week),
        first_day=story.week.first_day,
        as_of=story.as_of,
        level=verdict.level.value,
        log_hazard=verdict.log_hazard,
        log_hazard_low=verdict.log_hazard_low,
        log_hazard_high=verdict.log_hazard_high,
        overridden_by=verdict.overridden_by,
        unknown_because=verdict.unknown_because,
        confidence=verdict.confidence.word,
        reasons=tuple(map(_reason_facts, verdict.reasons)),
        runs=tuple(map(_run_facts, story.sessions)),
    )


def _reason_facts(reason: Reason) -> ReasonFacts:
    return ReasonFacts(
        reason.code, reason.observed, reason.reference, reason.unit, reason.contribution, reason.grade
    )


def _run_facts(one: SessionLine) -> RunFacts:
    return RunFacts(
        id=one.activity_id,
        started_at=one.started_at,
        zone=one.zone,
        day=one.day,
        sport=one.sport,
        sub_sport=one.sub_sport,
        surface=one.surface.value,
        distance_m=one.distance_m,
        duration_s=one.duration_s,
        moving_s=one.moving_s,
        ascent_m=one.ascent_m,
        descent_m=one.descent_m,
        spike_ratio=one.spike_ratio,
        shoe=one.shoe,
        flags=tuple(flag.value for flag in one.flags),
    )


def _shoe_facts(pair: ShoeDay) -> ShoeFacts:
    shoe = pair.shoe
    return ShoeFacts(
        id=shoe.id,
        name=shoe.name,
        bought_on=shoe.bought_on,
        retired_on=shoe.retired_on,
        distance_m=pair.distance_m,
        distance_28d_m=pair.distance_28d_m,
        runs=pair.runs,
        age_days=pair.age_days,
        limit_m=shoe.limit_m,
        limit_days=shoe.limit_days,
    )
