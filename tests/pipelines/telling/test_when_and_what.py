"""One message a day, quiet hours on the athlete's wall, snoozes, choices, pauses after a failure."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from smtp_server import Inbox, serving
from told_home import ADA, NOON, Clock, a_notice, told_home

from features.training_log import Athlete, Week
from pipelines.logbook import deliveries, outbox, telling
from pipelines.logbook.outbox import Body
from pipelines.logbook.telling import Choice, QuietHours, Snooze
from pipelines.steps import Home
from pipelines.telling import due, weekly
from pipelines.telling.quiet import is_quiet
from pipelines.telling.sending import PAUSES, Sent, send_due
from reports.alerts import RED_FLAG, SHOE, SPIKE, WEEKLY_REPORT, Notice

REPORT = Body("The week.\n", "<html><body><p>The week.</p></body></html>")

pytestmark = pytest.mark.usefixtures("each_store")


def tell(home: Home, *notices: Notice) -> list[str]:
    """Tell what is not snoozed; the stages that were new."""
    found = due.not_snoozed(home, ADA, notices)
    return [n.stage for n in outbox.tell(home.logbook, ADA, found, home.settings.now())]


def texts(inbox: Inbox) -> list[str]:
    bodies = [mail.mail.get_body(("plain",)) for mail in inbox.mails]
    return [body.get_content().replace("\r\n", "\n") for body in bodies if body is not None]


def test_what_comes_up_together_is_one_mail_and_later_the_same_day_the_next_days(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        assert tell(home, a_notice("warn"), a_notice("large", "run-1", SPIKE)) == ["warn", "large"]
        send_due(home)
        clock.on(hours=2)
        assert tell(home, a_notice("warn"), a_notice("due")) == ["due"]
        assert tell(home, a_notice("warn", "blue")) == ["warn"]
        assert send_due(home) == Sent()
        assert len(inbox.mails) == 1
        clock.set("2026-11-17T06:30", "Europe/Berlin")
        assert send_due(home) == Sent(sent=1)
        assert send_due(home) == Sent()
    first, second = texts(inbox)
    assert "SHOES\nThe red pair: warn." in first and "A LONGER RUN\n" in first
    assert "red pair: due" in second and "blue pair: warn" in second
    assert [mail.mail["Subject"] for mail in inbox.mails] == ["Kneewise: 2 alerts for Ada Berg"] * 2


def test_a_red_flag_does_not_wait_for_the_next_days_mail(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        for flag in ("locking", "fever", "lump"):
            tell(home, a_notice("warn", flag))  # a pair of shoes: each day's message has left already
            tell(home, a_notice("2026-11-16", flag, RED_FLAG))
            send_due(home)
    assert ["Please read" in t or "PLEASE READ" in t for t in texts(inbox)] == [True, True, True]


def test_nothing_is_sent_in_quiet_hours_and_nothing_is_lost_by_them(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        telling.set_quiet_hours(home.logbook, "ada", QuietHours(21 * 60 + 30, 7 * 60))
        clock.set("2026-11-16T21:30", "Europe/Berlin")
        tell(home, a_notice())
        assert send_due(home) == Sent()
        clock.set("2026-11-17T06:59", "Europe/Berlin")
        assert send_due(home) == Sent()
        clock.set("2026-11-17T07:00", "Europe/Berlin")
        assert send_due(home) == Sent(sent=1)


@pytest.mark.parametrize(
    ("utc", "zone", "quiet"),
    [
        ("2026-03-29T00:30", "Europe/Berlin", True),  # 01:30 winter time, half an hour before the jump
        ("2026-03-29T01:00", "Europe/Berlin", False),  # 03:00 summer time: 02:30 never came, and is over
        ("2026-10-25T00:29", "Europe/Berlin", True),  # 02:29 for the first time
        ("2026-10-25T00:30", "Europe/Berlin", False),  # 02:30 for the first time
        ("2026-10-25T01:29", "Europe/Berlin", True),  # 02:29 for the second time: quiet once more
        ("2026-10-25T01:30", "Europe/Berlin", False),
        ("2026-11-16T12:00", "Pacific/Auckland", True),  # 01:00 of the next day
        ("2026-11-16T12:00", "America/Denver", False),  # 05:00
        ("2026-11-16T17:29", "Asia/Kathmandu", True),  # 23:14, a zone of 5 h 45 min
        ("2026-11-16T16:14", "Asia/Kathmandu", False),  # 21:59
    ],
)
def test_quiet_hours_follow_the_athletes_wall_clock(utc: str, zone: str, quiet: bool) -> None:
    clock = Clock()
    clock.set(utc)
    assert is_quiet(clock.at, zone, QuietHours(22 * 60, 2 * 60 + 30)) is quiet


@pytest.mark.parametrize(
    ("first", "last", "minute", "quiet"),
    [
        (0, 0, 0, False),
        (60, 120, 59, False),
        (60, 120, 60, True),
        (60, 120, 119, True),
        (60, 120, 120, False),
    ],
)
def test_quiet_hours_begin_with_their_first_minute_and_end_before_their_last(
    first: int, last: int, minute: int, quiet: bool
) -> None:
    at = NOON.replace(hour=minute // 60, minute=minute % 60)
    assert is_quiet(at, "UTC", QuietHours(first, last)) is quiet


def test_a_snoozed_pair_is_told_on_the_day_named_if_it_still_holds(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, clock):
        telling.snooze(home.logbook, Snooze("ada", SHOE, "red", date(2026, 11, 18)))
        assert tell(home, a_notice("warn"), a_notice("due", "blue")) == ["due"]
        clock.on(days=1)
        assert tell(home, a_notice("due")) == []
        clock.on(days=1)
        assert tell(home, a_notice("due")) == ["due"]


def test_a_kind_that_is_snoozed_as_a_whole_and_one_that_is_not(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, _):
        telling.snooze(home.logbook, Snooze("ada", SHOE, "", date(2026, 11, 18)))
        assert tell(home, a_notice("warn"), a_notice("large", "run-1", SPIKE)) == ["large"]
        telling.snooze(home.logbook, Snooze("ada", SHOE, "", date(2026, 11, 16)))  # the last word counts
        assert tell(home, a_notice("warn")) == ["warn"]


def test_what_is_off_is_listed_but_not_sent_even_when_it_is_on_again(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        telling.choose(home.logbook, "ada", SHOE, Choice.OFF)
        assert tell(home, a_notice("warn")) == ["warn"]
        telling.choose(home.logbook, "ada", SHOE, Choice.AT_ONCE)
        assert tell(home, a_notice("warn")) == []
        assert send_due(home) == Sent()
        assert [notice.stage for notice, _ in home.logbook.notices()] == ["warn"]
    assert inbox.mails == []


def test_weekly_alerts_come_at_the_head_of_the_weekly_report(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        telling.choose(home.logbook, "ada", SHOE, Choice.WEEKLY)
        tell(home, a_notice("warn"))
        tell(home, a_notice("due", "blue"))
        assert send_due(home) == Sent()
        assert weekly.queue(home, ADA, Week(2026, 46), REPORT)
        assert send_due(home) == Sent(sent=1)
        assert weekly.queue(home, ADA, Week(2026, 47), REPORT)
        assert send_due(home) == Sent(sent=1)
    with_alerts, without = texts(inbox)
    assert (
        with_alerts.index("red pair: warn")
        < with_alerts.index("blue pair: due")
        < with_alerts.index("The week.")
    )
    assert "pair" not in without
    html = inbox.mails[0].mail.get_body(("html",))
    assert html is not None
    assert html.get_content().index("red pair: warn") < html.get_content().index("<p>The week.</p>")


def test_weekly_alerts_come_at_once_where_the_report_is_off(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        telling.choose(home.logbook, "ada", SHOE, Choice.WEEKLY)
        telling.choose(home.logbook, "ada", WEEKLY_REPORT, Choice.OFF)
        tell(home, a_notice("warn"))
        assert not weekly.queue(home, ADA, Week(2026, 46), REPORT)
        assert send_due(home) == Sent(sent=1)


def test_a_week_is_queued_once_and_not_without_a_channel(tmp_path: Path) -> None:
    bea = Athlete("bea", "Bea")
    with told_home(tmp_path, ADA) as (home, _):
        home.logbook.add_athlete(bea)
        assert [weekly.queue(home, ADA, Week(2026, 46), REPORT) for _ in range(2)] == [True, False]
        assert not weekly.queue(home, bea, Week(2026, 46), REPORT)


def test_a_failed_attempt_is_tried_again_after_growing_pauses_and_then_given_up(tmp_path: Path) -> None:
    with told_home(tmp_path, smtp_port=1) as (home, clock):  # nobody listens there
        tell(home, a_notice())
        for pause in PAUSES:
            assert send_due(home) == Sent(later=1)
            clock.on(seconds=pause.total_seconds() - 1)
            assert send_due(home) == Sent()
            clock.on(seconds=1)
            if is_quiet(clock.at, ADA.zone, telling.USUAL_QUIET_HOURS):
                clock.on(hours=8)
        assert send_due(home) == Sent(failed=1)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert delivery.state == "failed"
        assert str(delivery.reason).startswith(f"given up after {len(PAUSES) + 1} attempts: ")
        assert deliveries.troubles(home.logbook, clock.at - timedelta(days=1)) == {"ada": (1, 0)}
    assert timedelta(days=3) < sum(PAUSES, timedelta()) < timedelta(days=5)


def test_a_server_that_is_down_is_asked_once_a_round(tmp_path: Path) -> None:
    everyone = [Athlete(f"a{n}", f"A {n}") for n in range(5)]
    with serving() as inbox, told_home(tmp_path, *everyone, smtp_port=inbox.port) as (home, clock):
        for person in everyone:
            outbox.tell(home.logbook, person, [a_notice(athlete=person.id)], clock.at)
        down = home.settings.model_copy(update={"smtp_port": 1})
        assert send_due(Home(down, home.logbook)) == Sent(later=5)
        assert sum(d.attempts for d in deliveries.newest(home.logbook, None, 9)) == 1
        clock.on(minutes=2)
        assert send_due(home) == Sent(sent=5)


def test_a_busy_servers_no_is_not_for_good(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        tell(home, a_notice())
        inbox.answer_data = lambda received: "451 try again later"
        assert send_due(home) == Sent(later=1)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert (delivery.state, delivery.possibly_repeated) == ("waiting", False)  # it said no: not taken
        inbox.answer_data = lambda received: "250 OK"
        clock.on(minutes=1)
        assert send_due(home) == Sent(sent=1)
    assert inbox.mails[0].mail["X-Kneewise-Possibly-Repeated"] is None


def test_the_body_goes_when_the_message_is_done_and_the_log_stays(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        weekly.queue(home, ADA, Week(2026, 46), REPORT)
        send_due(home)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert delivery.state == "sent"
        assert outbox.body_of(home.logbook, delivery.message.id) == Body("")
    assert "The week." in texts(inbox)[0]


def test_telling_changes_no_verdict(tmp_path: Path) -> None:
    """What verdicts rest on is what people said, not what we sent."""
    with told_home(tmp_path) as (home, _):
        before = home.logbook.everything_told()
        tell(home, a_notice())
        telling.choose(home.logbook, "ada", SHOE, Choice.OFF)
        assert home.logbook.everything_told() == before
