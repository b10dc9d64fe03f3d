"""Whole years under a simulated clock, through the loop, the outbox and a real mail server.

Six athletes, half hours, both hemispheres, two first days of the week. Each gets one mail for each week, at six in the
morning of the first day of their next one (``tests/mornings.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from mornings import MORNINGS_OF_2026, MORNINGS_OF_2027, PEOPLE, at, mornings
from smtp_server import Inbox, Received, serving
from told_home import Clock, told_home

from features.training_log import Athlete, Week
from pipelines.logbook import telling
from pipelines.logbook.outbox import Body
from pipelines.steps import Home
from pipelines.telling import weekly
from pipelines.up.duties import Outbox, Weekly
from pipelines.up.log import Log
from pipelines.up.loop import Loop

# Who was down until 09:00 UTC sends at once to those who are awake; the others' quiet hours end at six.
WHEN_BACK = {
    "berlin": "09:00",
    "new-york": "11:00",  # it is four
    "auckland": "17:00",  # it is ten in the evening
    "kolkata": "09:00",
    "honolulu": "16:00",  # it is eleven in the evening
    "lord-howe": "09:00",
}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Year:
    """A home where all are told by mail, and the loop that keeps it going."""

    def __init__(self, home: Home, clock: Clock, inbox: Inbox) -> None:
        self.home, self.clock = home, clock
        self.said: list[str] = []
        self.arrived: dict[str, list[tuple[str, datetime]]] = {person.id: [] for person in PEOPLE}
        inbox.answer_data = self._arrives
        self.start()

    def start(self) -> None:
        """As a new process does: nothing is known from before but what is stored."""
        duties = (Weekly(self.home, _queue), Outbox(self.home))
        self.loop = Loop(duties, lambda: self.clock.at, Log(self.said.append, lambda: self.clock.at))

    def look(self, at: datetime) -> None:
        self.clock.at = at
        self.loop.round()

    def _arrives(self, received: Received) -> str:
        week = received.mail.get_body(("plain",)).get_content().split()[0]  # type: ignore[union-attr]
        self.arrived[received.recipients[0].removesuffix("@example.org")].append((week, self.clock.at))
        return "250 OK"


def _queue(home: Home, athlete: Athlete, week: Week) -> None:
    assert weekly.queue(home, athlete, week, Body(f"{week}\n"))


@contextmanager
def a_year(folder: Path, begins: datetime) -> Iterator[Year]:
    with serving() as inbox, told_home(folder, *PEOPLE, address=None, smtp_port=inbox.port) as (home, clock):
        for person in PEOPLE:
            telling.add_channel(home.logbook, person.id, f"{person.id}@example.org", begins)
        yield Year(home, clock, inbox)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begins", "ends", "told", "year", "weeks"),
    [
        ("2026-01-02", "2027-01-05", MORNINGS_OF_2026, 2026, 53),
        ("2027-01-05", "2028-01-04", MORNINGS_OF_2027, 2027, 52),
    ],
)
def test_each_gets_exactly_one_report_a_week_on_their_own_morning(
    tmp_path: Path, begins: str, ends: str, told: dict[str, tuple], year: int, weeks: int
) -> None:
    expected = {athlete: mornings(*of) for athlete, of in told.items()}
    looks = {at(begins) + n * DAY for n in range((at(ends) - at(begins)) // DAY)}
    looks |= {when + n * MINUTE for times in expected.values() for when in times for n in (-1, 0, 1)}
    with a_year(tmp_path, at(begins)) as run:
        for when in sorted(looks):
            run.look(when)
    for athlete, arrived in run.arrived.items():
        assert [when for _, when in arrived] == expected[athlete], athlete
        assert [week for week, _ in arrived] == [f"{year}-W{n:02}" for n in range(1, weeks + 1)]
    assert not any("failed" in line for line in run.said)


def test_what_was_down_for_weeks_catches_up_exactly_once(tmp_path: Path) -> None:
    """Down from Tuesday 13 October to Wednesday 4 November, while three zones changed their clocks."""
    with a_year(tmp_path, at("2026-10-08")) as run:
        for n in range(5 * 24):
            run.look(at("2026-10-08") + n * HOUR)
        before = {athlete: [week for week, _ in arrived] for athlete, arrived in run.arrived.items()}
        assert before == {person.id: ["2026-W41"] for person in PEOPLE}
        run.start()
        back = at("2026-11-04T09:00")
        for when in (back, back - 2 * HOUR, back):  # and its clock is set right
            run.look(when)
        run.start()
        for n in range(5 * 24):
            run.look(back + n * HOUR)
    for person in PEOPLE:
        # the last whole week, when it came back; the next on the first morning after it; none twice
        caught_up, following = run.arrived[person.id][1:]
        assert caught_up == ("2026-W44", at(f"2026-11-04T{WHEN_BACK[person.id]}"))
        assert following[0] == "2026-W45"
    assert run.arrived["new-york"][2][1] == at("2026-11-08T11:00")
    assert run.arrived["auckland"][2][1] == at("2026-11-08T17:00")
    assert len([line for line in run.said if " done duty=weekly" in line]) == 3 * len(PEOPLE)
