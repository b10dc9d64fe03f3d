"""Five zones, a simulated clock: one report for each week, at six on the first morning after the athlete's own week."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from smtp_server import serving
from told_home import ADA, told_home

from features.training_log import Athlete, Week
from pipelines import steps
from pipelines.logbook import telling
from pipelines.logbook.outbox import Body
from pipelines.logbook.telling import Choice
from pipelines.telling import weekly
from pipelines.telling.sending import send_due
from reports.alerts import WEEKLY_REPORT

ZONES = ("Europe/Berlin", "America/Denver", "Pacific/Auckland", "Asia/Kathmandu", "America/St_Johns")
PEOPLE = [
    Athlete(zone.split("/")[1].lower(), zone, zone, week_start="sunday" if "America" in zone else "monday")
    for zone in ZONES
]
REPORT = Body("The week.\n")


@pytest.mark.parametrize(
    ("first", "days"),
    [
        ("2026-03-02", 42),  # Denver changes on 8 March, Berlin on 29 March, Auckland on 5 April
        ("2026-09-21", 49),  # Auckland on 27 September, Berlin on 25 October, Denver on 1 November
        ("2026-12-14", 28),  # 2026 has a week 53; 1 January 2027 belongs to it
    ],
)
def test_each_gets_one_report_on_the_right_local_morning(tmp_path: Path, first: str, days: int) -> None:
    arrived: dict[str, list[datetime]] = defaultdict(list)
    queued: dict[str, list[Week]] = defaultdict(list)
    with (
        serving() as inbox,
        told_home(tmp_path, *PEOPLE, address=None, smtp_port=inbox.port) as (home, clock),
    ):
        clock.set(first)
        for person in PEOPLE:
            telling.add_channel(home.logbook, person.id, f"{person.id}@example.org", clock.at)
        for _ in range(days * 24 * 4):  # every quarter of an hour
            clock.on(minutes=15)
            for person in PEOPLE:
                week = weekly.week_to_send(home, person, clock.at)
                if week:
                    assert weekly.queue(home, person, week, REPORT)
                    queued[person.id].append(week)
                    send_due(home)
                    arrived[person.id].append(clock.at.astimezone(ZoneInfo(person.zone)))
    for person in PEOPLE:
        ends = [week.last_day for week in queued[person.id]]
        assert len(ends) == days // 7
        assert {b - a for a, b in pairwise(ends)} == {timedelta(days=7)}
        for week, at in zip(queued[person.id], arrived[person.id], strict=True):
            assert (at.date(), at.hour, at.minute) == (week.last_day + timedelta(days=1), 6, 0)
    assert len(inbox.mails) == sum(map(len, queued.values()))
    if first == "2026-12-14":
        assert [str(week) for week in queued["berlin"]] == ["2026-W50", "2026-W51", "2026-W52", "2026-W53"]
        subjects = [
            str(mail.mail["Subject"]) for mail in inbox.mails if mail.recipients == ["berlin@example.org"]
        ]
        assert "Monday 28 December 2026 to Sunday 3 January 2027" in subjects[-1]
        assert [str(week) for week in queued["denver"]] == ["2026-W51", "2026-W52", "2026-W53", "2027-W01"]
        assert queued["denver"][2].first_day == date(2026, 12, 27)


def test_a_computer_that_was_off_on_monday_makes_up_for_it_once(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, clock):
        clock.set("2026-11-18T20:00", "Europe/Berlin")
        week = weekly.week_to_send(home, ADA, clock.at)
        assert week == Week(2026, 46)
        weekly.queue(home, ADA, week, REPORT)
        assert weekly.week_to_send(home, ADA, clock.at) is None


def test_weeks_from_before_the_channel_and_reports_that_are_off_are_not_sent(tmp_path: Path) -> None:
    with told_home(tmp_path, address=None) as (home, clock):
        assert weekly.week_to_send(home, ADA, clock.at) is None
        telling.add_channel(home.logbook, "ada", "ada@example.org", clock.at)  # Monday noon
        assert weekly.week_to_send(home, ADA, clock.at) is None
        clock.on(days=7)
        assert weekly.week_to_send(home, ADA, clock.at) == Week(2026, 47)
        telling.choose(home.logbook, "ada", WEEKLY_REPORT, Choice.OFF)
        assert weekly.week_to_send(home, ADA, clock.at) is None


def test_a_report_that_is_due_is_written_and_mailed_once(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        for _ in range(2):
            steps.queue_reports_due(home)
            send_due(home)
        assert (home.settings.reports_path / "ada" / "2026-W46.html").is_file()
    (got,) = inbox.mails
    body = got.mail.get_body(("plain",))
    assert body is not None
    assert "Nothing has been recorded yet" in " ".join(body.get_content().split())
