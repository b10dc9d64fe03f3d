"""A week's plan as a calendar file (RFC 5545): one all-day event a session, and one for the week's running.

All-day dates have no zone, so they stand on the athlete's own days wherever the calendar is opened. The names of the
events stay the same, so a plan that is imported again replaces the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from features.training_log import Athlete, Week
from models.verdict import Plan
from reports import changes, exercise_words, wording
from reports.wording import Measure

PRODUCT = "-//Kneewise//Weekly plan//EN"
A_DAY = timedelta(days=1)


def calendar_of(plan: Plan, athlete: Athlete, week: Week, made_at: datetime) -> bytes | None:
    """The plan of ``week``; None where there is nothing to put into a calendar."""
    events = [*_sessions(plan, athlete, week), *_running(plan, athlete, week)]
    if not events:
        return None
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Kneewise: {wording.plain(athlete.name)}")
    for event in events:
        event.add("dtstamp", made_at)
        event.add("last-modified", made_at)
        event.add("transp", "TRANSPARENT")  # it takes no time of day, so it makes nobody busy
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _sessions(plan: Plan, athlete: Athlete, week: Week) -> Iterator[Event]:
    exercises, measure = plan.exercises, Measure(athlete.units)
    if not exercises.chosen:
        return
    minutes = exercise_words.minutes(exercises)
    title = f"Knee exercises: {len(exercises.chosen)}, {minutes}"
    lines = []
    for planned in exercises.chosen:
        lines += [
            f"{planned.exercise.name}: {exercise_words.dose(planned.exercise, planned.dose)}.",
            f"Stop: {planned.exercise.stop_rule}",
        ]
    lines += [exercise_words.STOP_RULE, *exercise_words.ledger(exercises, measure)]
    for number, day in enumerate(exercises.days, start=1):
        yield _event(f"{athlete.id}-{week}-exercises-{number}", day, day + A_DAY, title, lines)


def _running(plan: Plan, athlete: Athlete, week: Week) -> Iterator[Event]:
    """The ceiling and the training changes hold for the whole week."""
    measure = Measure(athlete.units)
    if plan.longest_run_m is None:
        return
    longest = measure.careful_distance(plan.longest_run_m)
    lines = [
        f"{wording.capitalised(changes.called_for_by(change.because))}: {changes.action(change, measure)}"
        for change in plan.changes
    ]
    lines.append("No length is a safe line; where the plan and your knee disagree, trust your knee.")
    title = f"Longest sensible run this week: {longest}"
    yield _event(f"{athlete.id}-{week}-running", week.first_day, week.last_day + A_DAY, title, lines)


def _event(name: str, first: date, after: date, title: str, lines: list[str]) -> Event:
    event = Event()
    event.add("uid", f"{name}@kneewise")
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("summary", title)
    event.add("description", "\n".join(lines))
    return event
