"""kill -9 at the worst moments: every message arrives, and what arrives twice has one Message-ID."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from mortal_sender import sender
from smtp_server import Inbox, Received, serving
from told_home import NOON, a_notice, told_home

from features.training_log import Athlete
from pipelines import settings
from pipelines.logbook import deliveries, outbox, telling
from pipelines.logbook.deliveries import Delivery
from pipelines.logbook.store import open_logbook

KILLS = int(os.environ.get("KNEEWISE_KILLS", "8"))

pytestmark = pytest.mark.usefixtures("each_store")


def queued(folder: Path, people: int = 1) -> None:
    """So many athletes, each with one alert to be told; never in quiet hours."""
    everyone = [Athlete(f"a{n}", f"Athlete {n}") for n in range(people)]
    with told_home(folder, *everyone, address=None) as (home, _):
        for person in everyone:
            telling.set_quiet_hours(home.logbook, person.id, telling.QuietHours(0, 0))
            telling.add_channel(home.logbook, person.id, f"{person.id}@example.org", NOON)
            outbox.tell(home.logbook, person, [a_notice(athlete=person.id)], NOON)


def stored(folder: Path) -> tuple[Delivery, ...]:
    with open_logbook(settings.load(folder).logbook_place()) as logbook:
        return deliveries.newest(logbook, None, 1000)


def test_killed_between_the_servers_yes_and_our_record_one_message_id_arrives(tmp_path: Path) -> None:
    queued(tmp_path)
    with serving() as inbox:
        assert sender(tmp_path, inbox.port, dies_at="mark_sent").wait() == -signal.SIGKILL
        (unsure,) = stored(tmp_path)
        assert (unsure.state, len(inbox.mails)) == ("sending", 1)
        assert sender(tmp_path, inbox.port).wait() == 0
        assert sender(tmp_path, inbox.port).wait() == 0  # and no third time
    first, second = inbox.mails
    assert first.message_id == second.message_id
    assert second.mail["X-Kneewise-Possibly-Repeated"] == "yes"
    assert first.mail["Date"] == second.mail["Date"]
    (done,) = stored(tmp_path)
    assert (done.state, done.possibly_repeated, done.attempts) == ("sent", True, 2)


@pytest.mark.parametrize("step", ["begin_attempt", "mark_sending"])
def test_killed_before_the_last_byte_the_mail_arrives_once_and_is_not_marked(
    tmp_path: Path, step: str
) -> None:
    queued(tmp_path)
    with serving() as inbox:
        assert sender(tmp_path, inbox.port, dies_at=step).wait() == -signal.SIGKILL
        assert inbox.mails == []
        assert sender(tmp_path, inbox.port).wait() == 0
    (got,) = inbox.mails
    assert got.mail["X-Kneewise-Possibly-Repeated"] is None
    (done,) = stored(tmp_path)
    assert (done.state, done.possibly_repeated) == ("sent", False)


def test_killed_by_the_server_while_it_says_yes(tmp_path: Path) -> None:
    """The worst case seen from outside: the mail is stored, and its sender dies before hearing so."""
    queued(tmp_path)
    inbox = Inbox()
    with serving(inbox):
        process = sender(tmp_path, inbox.port)

        def strike(received: Received) -> str:
            process.kill()
            process.wait()
            inbox.answer_data = lambda received: "250 OK"
            return "250 OK"

        inbox.answer_data = strike
        assert process.wait() == -signal.SIGKILL
        assert sender(tmp_path, inbox.port).wait() == 0
    assert len({mail.message_id for mail in inbox.mails}) == 1
    assert len(inbox.mails) == 2


@pytest.mark.slow
def test_killed_at_random_again_and_again_nothing_is_lost_and_nothing_made_twice(tmp_path: Path) -> None:
    people = 8 * KILLS
    queued(tmp_path, people)
    dice = random.Random("kneewise sender")
    with serving() as inbox:
        for _ in range(KILLS):
            process = sender(tmp_path, inbox.port)
            taken = len(inbox.mails) + dice.randrange(1, 5)
            while len(inbox.mails) < taken and process.poll() is None:
                time.sleep(0.001)
            time.sleep(dice.uniform(0, 0.02))
            process.kill()
            process.wait()
        assert sender(tmp_path, inbox.port).wait() == 0
    ids = {mail.recipients[0]: mail.message_id for mail in inbox.mails}
    assert len(ids) == people
    assert {mail.message_id for mail in inbox.mails} == set(ids.values())
    repeated = len(inbox.mails) - people
    marked = sum(d.possibly_repeated for d in stored(tmp_path))
    assert repeated <= marked <= KILLS
    print(f"{KILLS} kills, {people} messages: {repeated} arrived twice, each under its one Message-ID")


def test_two_senders_at_once_send_each_message_once(tmp_path: Path) -> None:
    queued(tmp_path, 20)
    with serving() as inbox:
        both = [sender(tmp_path, inbox.port) for _ in range(2)]
        assert [process.wait() for process in both] == [0, 0]
    assert sorted(mail.recipients[0] for mail in inbox.mails) == sorted(
        f"a{n}@example.org" for n in range(20)
    )
