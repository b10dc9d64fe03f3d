"""The life of two pairs: assigned back in time, split, given other limits, retired, brought back.

Each alert is told exactly as listed, also where the sender is killed between the server's yes and our record.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from mortal_sender import sender
from smtp_server import Inbox, serving
from told_home import ADA, Clock, told_home
from training import MONDAY, history, run

from features.training_log import Shoe
from pipelines import steps
from pipelines.logbook import deliveries, shoe_rules, shoe_wear, shoes, telling
from pipelines.logbook.shoe_rules import ShoeRule
from pipelines.logbook.telling import Choice, QuietHours
from pipelines.steps import Home
from pipelines.telling import due
from pipelines.telling.sending import send_due
from pipelines.warehouse import reading, store
from pipelines.warehouse.store import Db
from reports.alerts import SHOE, SPIKE
from reports.shoe_life import ShoeLife

RED = Shoe("red", "ada", "Red", MONDAY, initial_distance_m=400_000.0, limit_days=2000)
BLUE = Shoe("blue", "ada", "Blue", MONDAY, initial_distance_m=475_000.0, limit_days=2000)

pytestmark = pytest.mark.usefixtures("each_store")


class Story:
    """Ada's evenings: what she ran, what she told, and the alerts that came of it."""

    def __init__(self, home: Home, clock: Clock, db: Db, inbox: Inbox) -> None:
        self.home, self.clock, self.db, self.inbox = home, clock, db, inbox
        self.day = 0
        self.early: list[str] = []

    @property
    def today(self) -> date:
        return MONDAY + timedelta(days=self.day)

    def runs(self, km: float, **shares: float) -> str:
        """The next day's run; its id. In red, as her rule says, unless told otherwise."""
        self.day += 1
        activity = run(self.day, km)
        history(self.db, [activity])
        if shares:
            shoe_wear.assign(self.home.logbook, "ada", [activity.id], shares)
        return activity.id

    def four_runs(self, km: float, **shares: float) -> None:
        self.early = [self.runs(km, **shares) for _ in range(4)]

    def those_were_in(self, pair: str) -> None:
        shoe_wear.assign(self.home.logbook, "ada", self.early, {pair: 1.0})

    def limit(self, pair: str, km: float) -> None:
        """As `kneewise shoes limit` does it."""
        changed = replace(shoes.shoe(self.home.logbook, "ada", pair), limit_m=km * 1000)
        shoes.change_shoe(self.home.logbook, changed)
        steps.measure(self.home, self.db)
        (state,) = [s for s in reading.shoe_days(self.db, "ada", self.today, [changed]) if s.shoe.id == pair]
        self.home.logbook.lapse("ada", SHOE, pair, ShoeLife(state).stages)

    def retires(self, pair: str) -> None:
        shoes.retire_shoe(self.home.logbook, "ada", pair, self.today)

    def brings_back(self, pair: str) -> None:
        retired = shoes.shoe(self.home.logbook, "ada", pair)
        shoes.bring_back(self.home.logbook, retired, self.today + timedelta(days=1))

    def evening(self, dies_at: str = "") -> list[str]:
        """Measure, deliver, send: the stages told that evening. The sender may be killed at a step of it; the next
        one goes on a minute later."""
        self.clock.set(f"{self.today}T18:00", "Europe/Berlin")
        steps.measure(self.home, self.db)
        told = steps.deliver(self.home, self.db, ADA)
        if dies_at:
            killed = sender(self.home.settings.home, self.inbox.port, dies_at)
            assert killed.wait() == -signal.SIGKILL
            self.clock.on(minutes=1)
        send_due(self.home)
        return [f"{notice.subject} {notice.stage}" for notice in told if notice.kind == SHOE]

    def km(self) -> tuple[float, ...]:
        pairs = shoes.shoes(self.home.logbook, "ada")
        states = {s.shoe.id: s for s in reading.shoe_days(self.db, "ada", self.today, pairs)}
        return tuple(round(states[pair].distance_m / 1000, 3) for pair in ("red", "blue"))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        telling.set_quiet_hours(home.logbook, "ada", QuietHours(0, 0))
        telling.choose(home.logbook, "ada", SPIKE, Choice.OFF)  # her runs jump about; this is about shoes
        for pair in (RED, BLUE):
            shoes.add_shoe(home.logbook, pair)
        shoe_rules.add_rule(home.logbook, ShoeRule("ada", "red", MONDAY))
        with store.open_for_writing(home.settings.warehouse_path) as db:
            yield Story(home, clock, db, inbox)


# What she does; where red and blue stand that evening, in km; what is told. Both have a limit of 600 km and began at
# 400 and 475 km. A pair is told of at 80 % of its limit, at the limit, and at each 100 km after it.
LISTED: tuple[tuple[Callable[[Story], object], tuple[float, float], list[str], str], ...] = (
    (lambda ada: ada.four_runs(25, blue=1), (400, 575), ["blue warn"], ""),  # 96 %
    (lambda ada: ada.runs(79.9), (479.9, 575), [], ""),  # 79.98 %
    (lambda ada: ada.runs(0.1), (480, 575), ["red warn"], ""),  # 80 %
    (lambda ada: ada.runs(20), (500, 575), [], ""),
    # back-dated: those four runs were in red after all
    (lambda ada: ada.those_were_in("red"), (600, 475), ["red due"], ""),
    # taken back, and told again: each stage was told
    (lambda ada: ada.those_were_in("blue"), (500, 575), [], ""),
    (lambda ada: ada.those_were_in("red"), (600, 475), [], ""),
    # split: half in each; blue is past 80 % again, and was told
    (lambda ada: ada.runs(20, red=0.5, blue=0.5), (610, 485), [], ""),
    # another limit: what was told under the old one may come again, once
    (lambda ada: ada.limit("red", 800), (610, 485), [], ""),  # 76 %
    (lambda ada: ada.runs(30), (640, 485), ["red warn"], ""),  # 80 %
    (lambda ada: ada.limit("red", 600), (640, 485), ["red due"], ""),
    (lambda ada: None, (640, 485), [], ""),
    # killed between the server's yes and our record
    (lambda ada: ada.runs(60), (700, 485), ["red overdue-700"], "mark_sent"),
    # retired: silent, whatever is run; brought back: the next stage, and no earlier one
    (lambda ada: ada.retires("red"), (700, 485), [], ""),
    (lambda ada: ada.runs(90), (700, 485), [], ""),
    (lambda ada: ada.brings_back("red"), (700, 485), [], ""),
    (lambda ada: ada.runs(99), (799, 485), [], ""),
    # killed before the last byte left
    (lambda ada: ada.runs(2), (801, 485), ["red overdue-800"], "mark_sending"),
    # killed before the first
    (lambda ada: ada.runs(116, blue=1), (801, 601), ["blue due"], "begin_attempt"),
    # another limit that is not reached yet, though its 80 % are: they were told
    (lambda ada: ada.limit("blue", 650), (801, 601), [], ""),
    (lambda ada: ada.runs(50, blue=1), (801, 651), ["blue due"], ""),
    (lambda ada: ada.runs(1, red=0.5, blue=0.5), (801.5, 651.5), [], ""),
)
# What a mail server gets: one message a day at the most, so that one alert of the day of another waits for the next.
MAILED = (
    ["Blue is close to a limit: 575 km of 600 km"],
    ["Red is close to a limit: 480 km of 600 km"],
    ["Red has reached its limit: 600 km of 600 km"],
    ["Red is close to a limit: 640 km of 800 km"],
    ["Red has reached its limit: 640 km of 600 km", "Red has gone well past its limit: 700 km of 600 km"],
    ["Red has gone well past its limit: 801 km of 600 km"],
    ["Blue has reached its limit: 601 km of 600 km"],
    ["Blue has reached its limit: 651 km of 650 km"],
)
TWICE = 4  # the one whose sender was killed between the server's yes and our record


@pytest.mark.slow
def test_the_life_of_two_pairs_is_told_as_listed_none_twice_and_none_lost(story: Story) -> None:
    for number, (deed, km, told, dies_at) in enumerate(LISTED):
        deed(story)
        assert (story.evening(dies_at), story.km()) == (told, km), f"line {number + 1}"
    for _ in range(3):  # nothing waits any more
        story.day += 1
        assert story.evening() == []

    arrived: dict[str, list[EmailMessage]] = {}
    for received in story.inbox.mails:
        arrived.setdefault(received.message_id, []).append(received.mail)
    assert [sentences(copies[0]) for copies in arrived.values()] == list(MAILED)
    assert [len(copies) for copies in arrived.values()] == [1 + (n == TWICE) for n in range(len(MAILED))]
    first, second = list(arrived.values())[TWICE]
    assert sentences(first) == sentences(second)
    marks = [mail["X-Kneewise-Possibly-Repeated"] for mail in (first, second)]
    assert marks == [None, "yes"]

    assert [f"{n.subject} {n.stage}" for n, _ in story.home.logbook.notices() if n.kind == SHOE] == [
        stage for *_, told, _ in LISTED for stage in told
    ]
    assert {d.state for d in deliveries.newest(story.home.logbook, None, 99)} == {"sent"}


def sentences(mail: EmailMessage) -> list[str]:
    """How each alert of a mail begins."""
    body = mail.get_body(("plain",))
    assert body is not None
    return re.findall(
        r"(?:Red|Blue) (?:is|has)[^:]+: \d+ km\sof \d+ km", " ".join(body.get_content().split())
    )


def test_a_snoozed_pair_catches_up_with_its_highest_stage_alone(story: Story) -> None:
    story.runs(80)
    telling.snooze(story.home.logbook, telling.Snooze("ada", SHOE, "red", date(2026, 6, 5)))
    assert story.evening() == []
    story.runs(121)
    assert story.evening() == []
    story.day += 2
    assert story.evening() == ["red due"]
    assert due.due(story.home, story.db, ADA)[0].covers == ("warn", "due")
