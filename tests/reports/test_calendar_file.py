"""The calendar file: read again strictly, held to RFC 5545 line by line, and the same names every time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import builders
import pytest
from icalendar import Calendar

from models.verdict import Plan
from reports.calendar_file import calendar_of
from reports.week_story import WeekStory

MADE_AT = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)
WEEK = builders.WEEK.shifted(1)


def content(told: WeekStory, made_at: datetime = MADE_AT, plan: Plan | None = None) -> bytes:
    made = calendar_of(plan or told.plan, told.athlete, WEEK, made_at)
    assert made is not None
    return made


def lines(told: bytes) -> list[str]:
    """Unfolded content lines."""
    return told.decode().replace("\r\n ", "").split("\r\n")


def test_one_event_a_session_day_and_one_for_the_running_week() -> None:
    told = builders.hilly_story()
    events = Calendar.from_ical(content(told)).walk("VEVENT")
    sessions = [e for e in events if "exercises" in e["uid"]]
    assert tuple(e.decoded("dtstart") for e in sessions) == told.plan.exercises.days
    assert all(e.decoded("dtend") - e.decoded("dtstart") == timedelta(days=1) for e in sessions)
    (running,) = [e for e in events if "running" in e["uid"]]
    assert (running.decoded("dtstart"), running.decoded("dtend")) == (
        WEEK.first_day,
        WEEK.first_day + timedelta(7),
    )
    assert running["summary"] == "Longest sensible run this week: 14.1 km"
    for planned in told.plan.exercises.chosen:
        assert planned.exercise.name in sessions[0]["description"]
        assert planned.exercise.stop_rule in sessions[0]["description"]


@pytest.mark.parametrize("story", [builders.calm_story, builders.hilly_story, builders.no_runs_story])
def test_it_is_what_rfc_5545_asks_for(story) -> None:  # type: ignore[no-untyped-def]
    made = content(story())
    raw = made.split(b"\r\n")
    assert made.endswith(b"END:VCALENDAR\r\n") and b"\n" not in b"".join(raw)
    assert all(len(line) <= 75 for line in raw)
    told = lines(made)
    assert told[0] == "BEGIN:VCALENDAR" and told.count("VERSION:2.0") == 1
    assert sum(line.startswith("PRODID:") for line in told) == 1
    calendar = Calendar.from_ical(made)
    assert not calendar.errors and calendar.to_ical() == made
    names = []
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        for once in ("uid", "dtstamp", "dtstart", "dtend", "summary", "description"):
            assert once in event and not isinstance(event[once], list)
        assert event.decoded("dtstamp").tzinfo is not None
        assert type(event.decoded("dtstart")) is date  # all day: no zone to be wrong in
        names.append(event["uid"])
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"ada-2026-W47-[a-z]+(-\d)?@kneewise", name) for name in names)


def test_imported_again_it_replaces_what_was_there() -> None:
    told = builders.hilly_story()
    later = replace(
        told.plan, exercises=replace(told.plan.exercises, days=tuple(WEEK.days[n] for n in (1, 3, 5)))
    )
    first = {e["uid"]: e for e in Calendar.from_ical(content(told)).walk("VEVENT")}
    second = {
        e["uid"]: e
        for e in Calendar.from_ical(content(told, MADE_AT + timedelta(hours=1), later)).walk("VEVENT")
    }
    assert first.keys() == second.keys()
    assert all(second[name].decoded("dtstamp") > first[name].decoded("dtstamp") for name in first)


def test_the_same_plan_is_the_same_file() -> None:
    assert content(builders.hilly_story()) == content(builders.hilly_story())


def test_a_red_flag_puts_nothing_into_a_calendar() -> None:
    told = builders.red_flag_story()
    assert calendar_of(told.plan, told.athlete, WEEK, MADE_AT) is None


def test_a_name_cannot_break_out_of_its_line() -> None:
    name = "Ada\r\nEND:VCALENDAR\r\nX;,:\\"
    made = content(builders.calm_story(builders.athlete(name)))
    assert made.count(b"END:VCALENDAR") == 2  # once as text within the name, once at the end
    assert lines(made).count("END:VCALENDAR") == 1
    assert len(Calendar.from_ical(made).walk("VEVENT")) == 4
