"""The coach's digest by mail: on their own Monday, once, and of each athlete only what is shared at that moment."""

from __future__ import annotations

import re
import shutil
import signal
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from mail_links import pages, press
from mortal_sender import sender
from page_text import Reader, flat
from sample_home import sample_home as sample_home
from smtp_server import Inbox, Received, serving
from told_home import ADA, NOON, Clock, Simulated, told_home

from features.training_log import Athlete, CheckIn, Symptom, Week
from models.verdict import Level
from pipelines import settings, steps
from pipelines.logbook import accounts, consents, deleting, digests, looks, share_offers
from pipelines.logbook.accounts import NewAccount
from pipelines.logbook.digests import DigestMail
from pipelines.logbook.store import open_logbook
from pipelines.steps import Home
from pipelines.telling import digest_mail, links
from pipelines.telling.attempting import Sent
from pipelines.telling.links import DIGEST, Link
from pipelines.telling.sending import send_due
from reports import coach_digest
from reports.attention import Standing
from reports.dashboard.viewer import ALL_SCOPES, Scope
from reports.dashboard.views.digest import digest
from reports.dashboard.views.sharing import MAILED_DIGEST

LONG_AGO = NOON - timedelta(days=90)
WEEK = Week(2026, 46)
PUBLIC = {"public_url": "https://knee.example.org/app"}
LINKS = "https://knee.example.org/app"
BEA = Athlete("bea", "Bea Dorn", "Europe/Berlin")


def add_coach(home: Home, name: str = "cleo", zone: str = "Europe/Berlin", since: datetime = LONG_AGO) -> int:
    with home.logbook.engine.begin() as db:
        new = NewAccount(name.title(), f"{name}@example.org", "-", is_coach=True, zone=zone)
        return accounts.add(db, new, since)


def share(
    home: Home,
    athlete: str,
    coach: int,
    *scopes: Scope,
    at: datetime = LONG_AGO,
    until: datetime | None = None,
) -> None:
    code = share_offers.offer(home.logbook, athlete, scopes or ALL_SCOPES, at, until)
    share_offers.accept(home.logbook, code, coach, "Cleo", at)


@contextmanager
def samples(sample_home: Path, tmp_path: Path, port: int, **more: object) -> Iterator[tuple[Home, Clock]]:
    """The test's own copy of the sample athletes, on Monday 16 November at noon."""
    folder, clock = tmp_path / "home", Clock()
    shutil.copytree(sample_home, folder)
    mail = {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "smtp_from": "knee@example.org",
    }
    with steps.open_home(Simulated(home=folder, clock=clock, **(mail | more))) as home:
        yield home, clock


def hurting(home: Home, *people: Athlete) -> None:
    """Each told of a pain of 4 of 10 on Sunday."""
    for person in people or (ADA,):
        home.logbook.put_check_in(CheckIn(person.id, date(2026, 11, 15), pain_running=4))


def bodies(mail: EmailMessage) -> tuple[str, str]:
    """The text without its line breaks, and the HTML."""
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None and html is not None
    return flat(text.get_content()), html.get_content()


def states(home: Home) -> list[tuple[str, str | None]]:
    return [(mail.state, mail.reason) for mail in digests.every(home.logbook)]


def test_a_real_server_receives_who_changed_and_why_as_text_and_accessible_html(
    sample_home: Path, tmp_path: Path
) -> None:
    with serving() as inbox, samples(sample_home, tmp_path, inbox.port, **PUBLIC) as (home, _):
        cleo = add_coach(home)
        for athlete in ("mara", "jonas"):
            share(home, athlete, cleo)
        assert steps.queue_digests_due(home) == 1
        assert send_due(home) == Sent(sent=1)
        assert (steps.queue_digests_due(home), send_due(home)) == (0, Sent())
        assert states(home) == [("sent", None)]
    (got,) = inbox.mails
    assert got.recipients == ["cleo@example.org"]
    mail = got.mail
    assert mail["Subject"] == "Kneewise: 1 athlete needs a word"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = bodies(mail)
    reader = Reader(html)
    for words in (text, reader.text):
        assert "Monday 16 November 2026" in words
        assert "One of 2 athletes needs a word." in words
        assert re.search("(?i)needs a word.* Jonas Weber.*as usual.* Mara Lind", words)
        assert "Rose from guarded to high in seven days." in words
        assert "Red road pair: 695 km, limit 600 km." in words
        assert "A knee injury that ended 9 months ago, and two more." in words
        assert "a week ago" not in words  # the line tells it
    assert reader.tags.isdisjoint({"img", "link", "script", "iframe", "form"})
    assert "url(" not in html and "@import" not in html  # nothing is fetched from anywhere
    assert {value for _, name, value in reader.attributes if name == "lang"} == {"en"}
    tables = html.count("<table")
    assert tables == html.count('<table role="presentation"') > 0
    assert tuple(sorted(tag for tag in reader.tags if re.fullmatch("h[1-6]", tag))) == ("h1", "h2")
    assert len(html.encode()) < 100_000
    (stop,) = {link for link in reader.links if "/links/" in link}
    assert set(reader.links) - {stop} == {f"{LINKS}/coach/digest", f"{LINKS}/a/jonas"}
    assert mail["List-Unsubscribe"] == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in text


@pytest.mark.parametrize(
    ("scopes", "told", "kept"),
    [
        ({Scope.TRAINING}, ["High", "not shared with you"], ["6 of 10", "locks", "red flag", "secret"]),
        (
            {Scope.PAIN},
            ["the knee locks", "6 of 10"],
            ["Elevated", "Guarded", "High", "Low", "km", "secret", "/a/mara"],
        ),
        (set(ALL_SCOPES), ["the knee locks", "6 of 10", "High"], ["secret"]),
    ],
)
def test_the_digest_holds_what_was_shared_and_nothing_else(
    sample_home: Path, tmp_path: Path, scopes: set[Scope], told: list[str], kept: list[str]
) -> None:
    with serving() as inbox, samples(sample_home, tmp_path, inbox.port, **PUBLIC) as (home, clock):
        flag = CheckIn(
            "mara", date(2026, 11, 16), 6, symptoms=frozenset({Symptom.LOCKING}), note="secret words"
        )
        home.logbook.put_check_in(flag)
        share(home, "mara", add_coach(home), *scopes)
        steps.queue_digests_due(home)
        send_due(home)
        seen = {one.page for one in looks.looks(home.logbook, "mara", clock.at - timedelta(hours=1))}
        assert seen == {MAILED_DIGEST}
        assert looks.looks(home.logbook, "jonas", LONG_AGO) == ()
    text, html = bodies(inbox.mails[0].mail)
    for words in (text, Reader(html).text + " ".join(Reader(html).links)):
        assert [word for word in told if word not in words] == []
        assert [word for word in [*kept, "Jonas"] if word in words] == []


@pytest.mark.usefixtures("each_store")
def test_what_is_taken_back_while_the_digest_waits_is_not_in_it(tmp_path: Path) -> None:
    with (
        serving() as inbox,
        told_home(tmp_path, ADA, BEA, address=None, smtp_port=inbox.port) as (home, clock),
    ):
        hurting(home, ADA, BEA)
        cleo = add_coach(home)
        share(home, "ada", cleo)
        share(home, "bea", cleo, until=clock.at + timedelta(hours=2))
        inbox.answer_data = lambda received: "451 later"
        assert steps.queue_digests_due(home) == 1
        assert send_due(home) == Sent(later=1)
        consents.revoke(home.logbook, "ada", cleo, None, clock.at)
        clock.on(hours=1)
        inbox.answer_data = lambda received: "250 OK"
        assert send_due(home) == Sent(sent=1)
        text, html = bodies(inbox.mails[0].mail)
        for words in (text, html):
            assert "Bea Dorn" in words
            assert "4 of 10" in words
            assert "Ada" not in words
        # a server that had all of it before it said no may have read it: that is noted too
        assert [look.hour.hour for look in looks.looks(home.logbook, "bea", LONG_AGO)] == [13, 12]
        assert [look.hour.hour for look in looks.looks(home.logbook, "ada", LONG_AGO)] == [12]
        clock.on(days=7)  # by now the other has ended by itself
        assert steps.queue_digests_due(home) == 1
        assert send_due(home) == Sent()
        assert states(home) == [("sent", None), ("cancelled", "nobody shares anything now")]
    assert len(inbox.mails) == 1


@pytest.mark.usefixtures("each_store")
def test_fewer_scopes_take_effect_on_what_waits(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, address=None, smtp_port=inbox.port) as (home, clock):
        hurting(home)
        cleo = add_coach(home)
        share(home, "ada", cleo)
        inbox.answer_rcpt = lambda address: "450 later"
        steps.queue_digests_due(home)
        assert send_due(home) == Sent(later=1)
        consents.change(home.logbook, "ada", cleo, {Scope.TRAINING}, None, clock.at)
        inbox.answer_rcpt = lambda address: "250 OK"
        assert send_due(home, is_patient=False) == Sent(sent=1)
    text, html = bodies(inbox.mails[0].mail)
    assert "Ada" in text
    assert "4 of 10" not in text + html


def close(home: Home, coach: int) -> None:
    with home.logbook.engine.begin() as db:  # somebody has to be the admin who stays
        accounts.add(db, NewAccount("Root", "root@example.org", "-", is_admin=True), LONG_AGO)
    accounts.disable(home.logbook, coach, NOON)


def demote(home: Home, coach: int) -> None:
    with home.logbook.engine.begin() as db:
        accounts.add(db, NewAccount("Root", "root@example.org", "-", is_admin=True), LONG_AGO)
    accounts.set_roles(home.logbook, coach, is_admin=False, is_coach=False)


def unsubscribe(home: Home, coach: int) -> None:
    digests.stop(home.logbook, coach, NOON)


@pytest.mark.usefixtures("each_store")
@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (close, "the account is closed"),
        (demote, "the account is no coach's any more"),
        (unsubscribe, "the coach wants no digest"),
    ],
)
def test_who_is_no_coach_any_more_or_wants_none_gets_nothing_that_waits(
    tmp_path: Path, end: object, reason: str
) -> None:
    with serving() as inbox, told_home(tmp_path, address=None, smtp_port=inbox.port) as (home, clock):
        cleo = add_coach(home)
        share(home, "ada", cleo)
        steps.queue_digests_due(home)
        assert callable(end)
        end(home, cleo)
        assert send_due(home) == Sent()
        assert states(home) == [("cancelled", reason)]
        clock.on(days=7)
        assert steps.queue_digests_due(home) == 0
    assert inbox.mails == []


@pytest.mark.usefixtures("each_store")
def test_an_account_that_is_deleted_takes_its_digests_along_and_its_old_link_does_nothing(
    tmp_path: Path,
) -> None:
    with told_home(tmp_path, ADA, BEA, address=None, **PUBLIC) as (home, clock):
        with home.logbook.engine.begin() as db:
            account = NewAccount("Bea", "bea@example.org", "-", is_coach=True, athlete="bea")
            bea = accounts.add(db, account, LONG_AGO)
        share(home, "ada", bea)
        steps.queue_digests_due(home)
        digests.stop(home.logbook, bea, clock.at)
        gone = deleting.delete_rows(home.logbook, "bea")
        assert (gone["coach_digest"], gone["coach_digest_stop"]) == (1, 1)
        stop = links.token(links.key(home.settings.link_key_path), Link("stop", "", bea, DIGEST), clock.at)
        assert press(pages(home), stop).status_code == 200
        assert digests.stopped(home.logbook) == frozenset()
        assert send_due(home) == Sent()


@pytest.mark.parametrize(
    ("first", "days"),
    [
        ("2026-03-02", 42),  # Denver changes on 8 March, Berlin on 29 March, Auckland on 5 April
        ("2026-12-14", 28),  # 2026 has a week 53
    ],
)
def test_each_coach_gets_one_digest_a_week_at_six_on_their_own_monday(
    tmp_path: Path, first: str, days: int
) -> None:
    zones = ("Europe/Berlin", "America/Denver", "Pacific/Auckland", "Asia/Kathmandu")
    mornings: dict[str, list[datetime]] = defaultdict(list)
    with told_home(tmp_path, address=None) as (home, clock):
        clock.set(first)
        since = clock.at - timedelta(days=90)
        coaches = {add_coach(home, f"c{n}", zone, since): zone for n, zone in enumerate(zones)}
        steps.queue_digests_due(home)  # of the mornings before the first hour
        for _ in range(days * 24 * 4):  # every quarter of an hour
            clock.on(minutes=15)
            for coach, week in digest_mail.coaches_due(home, clock.at):
                assert digests.queue(home.logbook, coach.id, week, clock.at)
                assert not digests.queue(home.logbook, coach.id, week, clock.at)
                local = clock.at.astimezone(ZoneInfo(coaches[coach.id]))
                assert local.date() == week.last_day + timedelta(days=1)
                mornings[coach.zone].append(local)
    for zone in zones:
        assert {(at.weekday(), at.hour, at.minute) for at in mornings[zone]} == {(0, 6, 0)}
        assert len({at.date() for at in mornings[zone]}) == len(mornings[zone]) == days // 7


def test_a_computer_that_was_off_makes_up_for_it_that_week_but_not_for_weeks_before_the_account(
    tmp_path: Path,
) -> None:
    with told_home(tmp_path, address=None) as (home, clock):
        cleo = add_coach(home)
        add_coach(home, "dora", since=clock.at)  # on that Monday at noon
        clock.set("2026-11-22T20:00", "Europe/Berlin")
        ((coach, week),) = digest_mail.coaches_due(home, clock.at)
        assert (coach.id, week) == (cleo, WEEK)
        clock.set("2026-11-23T06:00", "Europe/Berlin")
        assert [week for _, week in digest_mail.coaches_due(home, clock.at)] == [Week(2026, 47)] * 2


def test_without_a_mail_server_none_is_made(tmp_path: Path) -> None:
    with told_home(tmp_path, address=None, smtp_host=None) as (home, _):
        share(home, "ada", add_coach(home))
        assert steps.queue_digests_due(home) == 0


def test_without_a_public_address_the_mail_says_whom_to_ask_and_has_no_links(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, address=None, smtp_port=inbox.port) as (home, _):
        share(home, "ada", add_coach(home))
        steps.queue_digests_due(home)
        send_due(home)
    text, html = bodies(inbox.mails[0].mail)
    for words in (text, Reader(html).text):
        assert "ask whoever runs Kneewise for you: kneewise users digest EMAIL --off" in words
    assert Reader(html).links == []
    assert inbox.mails[0].mail["List-Unsubscribe"] is None


@pytest.mark.usefixtures("each_store")
def test_the_link_in_the_mail_asks_first_and_one_click_ends_it(tmp_path: Path) -> None:
    with (
        serving() as inbox,
        told_home(tmp_path, address=None, smtp_port=inbox.port, **PUBLIC) as (home, clock),
    ):
        cleo = add_coach(home)
        share(home, "ada", cleo)
        steps.queue_digests_due(home)
        send_due(home)
        token = inbox.mails[0].mail["List-Unsubscribe"].strip("<>").rpartition("/")[2]
        browser = pages(home)
        assert "No more weekly digest of your athletes by mail?" in browser.get(f"/links/{token}").text
        assert digests.stopped(home.logbook) == frozenset()
        for _ in range(2):  # pressing twice is pressing once
            assert press(browser, token).status_code == 200
        assert digests.stopped(home.logbook) == {cleo}
        clock.on(days=7)
        assert steps.queue_digests_due(home) == 0
        digests.start(home.logbook, cleo)
        assert steps.queue_digests_due(home) == 1


def test_who_has_calmed_down_is_told_with_what_they_were() -> None:
    calmer = Standing("ada", "Ada", NOON.date(), Level.LOW, Level.HIGH, days_since_run=1)
    found = digest([calmer], NOON.date())
    text, html = (
        coach_digest.as_text(found, NOON.date(), None),
        coach_digest.as_html(found, NOON.date(), None),
    )
    assert "CALMER THAN A WEEK AGO" in text and "\nAda: ● Low, high a week ago\n" in text
    assert "(high a week ago)" in html
    assert coach_digest.subject(found) == "Kneewise: none of your athletes needs a word"


def test_a_name_cannot_add_to_the_mail(tmp_path: Path) -> None:
    hostile = Athlete("ada", "Ada <b>\r\nBcc: eve@example.org</b>", "Europe/Berlin")
    with serving() as inbox, told_home(tmp_path, hostile, address=None, smtp_port=inbox.port) as (home, _):
        hurting(home, hostile)
        share(home, "ada", add_coach(home))
        steps.queue_digests_due(home)
        assert send_due(home) == Sent(sent=1)
    (got,) = inbox.mails
    assert got.mail["Bcc"] is None
    text, html = bodies(got.mail)
    assert "<b>\r\n" not in html
    assert "Ada <b> Bcc: eve@example.org</b>" in text


def test_fifty_athletes_who_all_need_a_word_fit_into_a_mail(tmp_path: Path) -> None:
    people = [
        Athlete(f"a{n}", f"Athlete number {n} with a rather long name", "Europe/Berlin") for n in range(50)
    ]
    with (
        serving() as inbox,
        told_home(tmp_path, *people, address=None, smtp_port=inbox.port, **PUBLIC) as (
            home,
            _,
        ),
    ):
        hurting(home, *people)
        cleo = add_coach(home)
        for person in people:
            share(home, person.id, cleo)
        steps.queue_digests_due(home)
        send_due(home)
    (got,) = inbox.mails
    assert got.mail["Subject"] == "Kneewise: 50 athletes need a word"
    text, html = bodies(got.mail)
    assert text.count("New knee pain: 4 of 10.") == html.count("New knee pain: 4 of 10.") == 50
    assert len(html.encode()) < 100_000
    body = got.mail.get_body(("plain",))
    assert body is not None
    assert all(len(line) <= 72 for line in body.get_content().splitlines() if "https://" not in line)


def queued(folder: Path) -> None:
    with told_home(folder, address=None) as (home, _):
        hurting(home)
        share(home, "ada", add_coach(home))
        assert steps.queue_digests_due(home) == 1


def stored(folder: Path) -> DigestMail:
    with open_logbook(settings.load(folder).logbook_place()) as logbook:
        (found,) = digests.every(logbook)
        return found


@pytest.mark.usefixtures("each_store")
def test_killed_between_the_servers_yes_and_our_record_one_message_id_arrives(tmp_path: Path) -> None:
    queued(tmp_path)
    with serving() as inbox:
        assert sender(tmp_path, inbox.port, dies_at="digests.mark_done").wait() == -signal.SIGKILL
        assert (stored(tmp_path).state, len(inbox.mails)) == ("sending", 1)
        for _ in range(2):  # once more, and no third time
            assert sender(tmp_path, inbox.port).wait() == 0
    first, second = inbox.mails
    assert first.message_id == second.message_id
    assert (first.mail["X-Kneewise-Possibly-Repeated"], second.mail["X-Kneewise-Possibly-Repeated"]) == (
        None,
        "yes",
    )
    assert first.mail["Date"] == second.mail["Date"]
    done = stored(tmp_path)
    assert (done.state, done.possibly_repeated, done.attempts) == ("sent", True, 2)


@pytest.mark.usefixtures("each_store")
@pytest.mark.parametrize("step", ["begin_attempt", "mark_sending"])
def test_killed_before_the_last_byte_it_arrives_once_and_is_not_marked(tmp_path: Path, step: str) -> None:
    queued(tmp_path)
    with serving() as inbox:
        assert sender(tmp_path, inbox.port, dies_at=f"digests.{step}").wait() == -signal.SIGKILL
        assert inbox.mails == []
        assert sender(tmp_path, inbox.port).wait() == 0
    (got,) = inbox.mails
    assert got.mail["X-Kneewise-Possibly-Repeated"] is None
    assert (stored(tmp_path).state, stored(tmp_path).possibly_repeated) == ("sent", False)


@pytest.mark.usefixtures("each_store")
def test_two_senders_at_once_send_it_once(tmp_path: Path) -> None:
    queued(tmp_path)
    with serving() as inbox:
        both = [sender(tmp_path, inbox.port) for _ in range(2)]
        assert [process.wait() for process in both] == [0, 0]
    assert len(inbox.mails) == 1


def test_a_server_that_stays_away_is_tried_for_days_and_a_refusal_is_the_end(tmp_path: Path) -> None:
    inbox = Inbox(answer_data=lambda received: "451 later")
    with serving(inbox), told_home(tmp_path, address=None, smtp_port=inbox.port) as (home, clock):
        share(home, "ada", add_coach(home))
        steps.queue_digests_due(home)
        rounds = 0
        while send_due(home) == Sent(later=1):
            rounds += 1
            clock.on(days=1)
        assert rounds == 10
        assert states(home) == [
            ("failed", "given up after 11 attempts: the mail server answered the mail with 451 later")
        ]
        ids: set[str] = set()

        def refuse(received: Received) -> str:
            ids.add(received.message_id)
            return "554 spam"

        inbox.answer_data = refuse
        clock.set("2026-11-30T06:00", "Europe/Berlin")
        assert steps.queue_digests_due(home) == 1
        assert send_due(home) == Sent(failed=1)
        assert send_due(home, is_patient=False) == Sent()
        assert len(ids) == 1


def test_a_copy_that_cannot_be_read_lets_the_digest_wait_and_holds_nobody_else_up(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        share(home, "ada", add_coach(home))
        steps.queue_digests_due(home)
        whole = home.settings.published_path.read_bytes()
        home.settings.published_path.write_bytes(b"no database")
        steps.deliver_check_ins(home, ADA)  # sends whatever is due
        (waiting,) = digests.every(home.logbook)
        assert (waiting.state, waiting.attempts) == ("waiting", 0)
        assert "cannot be read" in str(waiting.reason)
        home.settings.published_path.write_bytes(whole)
        clock.on(minutes=1)
        assert send_due(home) == Sent(sent=1)
    assert [got.recipients for got in inbox.mails] == [["cleo@example.org"]]


def test_an_hour_is_noted_once_however_often_a_digest_is_tried(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, address=None, smtp_port=inbox.port) as (home, _):
        share(home, "ada", add_coach(home))
        steps.queue_digests_due(home)
        inbox.answer_data = lambda received: "451 later"
        for _ in range(3):
            send_due(home, is_patient=False)
        (seen,) = looks.looks(home.logbook, "ada", LONG_AGO)
        assert (seen.page, seen.hour) == (MAILED_DIGEST, datetime(2026, 11, 16, 12, tzinfo=UTC))
