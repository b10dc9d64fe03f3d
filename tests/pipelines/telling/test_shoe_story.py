"""The life of a pair: assigned back in time, split, given other limits, retired, brought back.

Each alert is told exactly once, also where the sender is killed between the server's yes and our record.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from mortal_sender import sender
from smtp_server import Inbox, serving
from told_home import ADA, Clock, told_home
from training import MONDAY, history, run

from features.training_log import Shoe
from pipelines import steps
from pipelines.logbook import deliveries, outbox, shoe_rules, shoe_wear, shoes, telling
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
BLUE = Shoe("blue", "ada", "Blue", MONDAY, limit_days=2000)

pytestmark = pytest.mark.usefixtures("each_store")


class Story:
    """Ada's evenings: what she ran, what she told, and the alerts that came of it."""

    def __init__(self, home: Home, clock: Clock, db: Db, inbox: Inbox) -> None:
        self.home, self.clock, self.db, self.inbox = home, clock, db, inbox
        self.day = 0

    def runs(self, km: float, shoe: dict[str, float] | None = None) -> str:
        """The next day's run; its id. In red, as her rule says, unless told otherwise."""
        self.day += 1
        activity = run(self.day, km)
        history(self.db, [activity])
        if shoe:
            shoe_wear.assign(self.home.logbook, "ada", [activity.id], shoe)
        return activity.id

    def evening(self, send: bool = True) -> list[str]:
        """Measure, deliver, send: the stages told that evening."""
        today = MONDAY + timedelta(days=self.day)
        self.clock.set(f"{today}T18:00", "Europe/Berlin")
        steps.measure(self.home, self.db)
        told = steps.deliver(self.home, self.db, ADA)
        if send:
            send_due(self.home)
        return [f"{notice.subject} {notice.stage}" for notice in told if notice.kind == SHOE]

    def limit(self, km: float) -> None:
        """As `kneewise shoes limit` does it."""
        changed = replace(shoes.shoe(self.home.logbook, "ada", "red"), limit_m=km * 1000)
        shoes.change_shoe(self.home.logbook, changed)
        today = MONDAY + timedelta(days=self.day)
        steps.measure(self.home, self.db)
        (state,) = [s for s in reading.shoe_days(self.db, "ada", today, [changed]) if s.shoe.id == "red"]
        self.home.logbook.lapse("ada", SHOE, "red", ShoeLife(state).stages)

    def km(self) -> float:
        pairs = shoes.shoes(self.home.logbook, "ada")
        states = reading.shoe_days(self.db, "ada", MONDAY + timedelta(days=self.day), pairs)
        return next(s.distance_m for s in states if s.shoe.id == "red") / 1000


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


@pytest.mark.slow
def test_the_life_of_a_pair(story: Story) -> None:
    home = story.home
    early = [story.runs(25, {"blue": 1.0}) for _ in range(4)]
    story.runs(79.9)
    assert (story.evening(), story.km()) == ([], pytest.approx(479.9))
    story.runs(0.1)
    assert (story.evening(), story.km()) == (["red warn"], pytest.approx(480.0))  # 80 % of 600 km
    story.runs(20)
    assert story.evening() == []

    # back-dated: the 100 km of the first days were in red after all
    shoe_wear.assign(home.logbook, "ada", early, {"red": 1.0})
    assert (story.evening(), story.km()) == (["red due"], pytest.approx(600.0))
    # taken back, and told again: the stage was told
    shoe_wear.assign(home.logbook, "ada", early, {"blue": 1.0})
    assert (story.evening(), story.km()) == ([], pytest.approx(500.0))
    shoe_wear.assign(home.logbook, "ada", early, {"red": 1.0})
    assert story.evening() == []

    # split: of 20 km, 10 were in red
    story.runs(20, {"red": 0.5, "blue": 0.5})
    assert (story.evening(), story.km()) == ([], pytest.approx(610.0))

    # another limit: what was told under the old one may come again, once
    story.limit(800)
    assert story.evening() == []  # 610 of 800 km are 76 %
    story.runs(30)
    assert story.evening() == ["red warn"]  # 640 km are 80 %
    story.limit(600)
    assert story.evening() == ["red due"]
    assert story.evening() == []

    # the sender dies after the server's yes
    story.runs(60)
    assert (story.evening(send=False), story.km()) == (["red overdue-700"], pytest.approx(700.0))
    port = story.inbox.port
    before = len(story.inbox.mails)
    assert sender(home.settings.home, port, dies_at="mark_sent").wait() == -signal.SIGKILL
    assert len(story.inbox.mails) == before + 1
    assert story.evening() == []
    story.clock.on(minutes=1)
    send_due(home)

    # retired: silent, whatever is run; brought back: the next stage, and no earlier one
    shoes.retire_shoe(home.logbook, "ada", "red", MONDAY + timedelta(days=story.day))
    story.runs(90)
    assert (story.evening(), story.km()) == ([], pytest.approx(700.0))
    shoes.bring_back(
        home.logbook, shoes.shoe(home.logbook, "ada", "red"), MONDAY + timedelta(days=story.day + 1)
    )
    story.runs(99)
    assert story.evening() == []
    story.runs(2)
    assert (story.evening(), story.km()) == (["red overdue-800"], pytest.approx(801.0))

    for _ in range(3):  # what had to wait for the next day's message
        story.day += 1
        assert story.evening() == []
    told = [notice.stage for notice, _ in home.logbook.notices() if notice.kind == SHOE]
    assert told == ["warn", "due", "warn", "due", "overdue-700", "overdue-800"]
    mailed = deliveries.newest(home.logbook, None, 99)
    assert {d.state for d in mailed} == {"sent"}
    carried = [n.stage for d in mailed for n in outbox.notices_of(home.logbook, d.message.id)]
    assert carried == told
    assert len({mail.message_id for mail in story.inbox.mails}) == len(mailed)
    assert len(story.inbox.mails) == len(mailed) + 1  # the one that was killed arrived twice


def test_a_snoozed_pair_catches_up_with_its_highest_stage_alone(story: Story) -> None:
    story.runs(80)
    telling.snooze(story.home.logbook, telling.Snooze("ada", SHOE, "red", date(2026, 6, 5)))
    assert story.evening() == []
    story.runs(121)
    assert story.evening() == []
    story.day += 2
    assert story.evening() == ["red due"]
    assert due.due(story.home, story.db, ADA)[0].covers == ("warn", "due")
