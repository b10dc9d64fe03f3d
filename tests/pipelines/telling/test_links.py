"""Signed links: looking changes nothing, pressing does; what is old, changed or foreign does nothing."""

from __future__ import annotations

import re
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from mail_links import pages, press
from smtp_server import serving
from told_home import ADA, NOON, a_notice, told_home

from pipelines.logbook import deliveries, outbox, telling
from pipelines.logbook.telling import Snooze
from pipelines.steps import Home
from pipelines.telling import links
from pipelines.telling.links import Link
from pipelines.telling.sending import Sent, send_due
from reports.alerts import SHOE

PUBLIC = {"public_url": "https://knee.example.org"}


def token(home: Home, link: Link) -> str:
    return links.token(links.key(home.settings.link_key_path), link, home.settings.now())


def test_the_links_of_a_real_mail_acknowledge_snooze_and_stop(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port, **PUBLIC) as (home, clock):
        outbox.tell(home.logbook, ADA, [a_notice("warn")], clock.at)
        send_due(home)
        body = inbox.mails[0].mail.get_body(("plain",))
        assert body is not None
        snooze, seen, stop = re.findall(r"https://knee\.example\.org/links/(\S+)", body.get_content())
        browser = pages(home)
        assert inbox.mails[0].mail["List-Unsubscribe"] == f"<https://knee.example.org/links/{stop}>"

        for looked_at in (snooze, seen, stop):
            page = browser.get(f"/links/{looked_at}")
            assert page.status_code == 200
            assert '<form method="post"' in page.text
        assert telling.snoozes(home.logbook, "ada", date(2026, 11, 16)) == ()
        assert telling.channels(home.logbook)[0].stopped_at is None
        assert outbox.seen(home.logbook) == {}

        assert press(browser, snooze).status_code == 200
        assert telling.snoozes(home.logbook, "ada", date(2026, 11, 16)) == (
            Snooze("ada", SHOE, "red", date(2026, 12, 14)),
        )
        clock.on(minutes=1)
        pressed = clock.at
        for _ in range(2):
            assert press(browser, seen).status_code == 200
            clock.on(minutes=1)
        assert outbox.seen(home.logbook) == {("ada", SHOE, "red", "warn"): pressed}
        outbox.tell(home.logbook, ADA, [a_notice("due", "blue")], clock.at)
        for _ in range(2):  # pressing twice is pressing once
            assert press(browser, stop).status_code == 200
        clock.on(days=1)
        assert send_due(home) == Sent()
        states = [d.state for d in deliveries.newest(home.logbook, None, 9)]
        assert states == ["sent", "cancelled"]
        telling.add_channel(home.logbook, "ada", "ada@example.org", clock.at)  # asked for anew
        outbox.tell(home.logbook, ADA, [a_notice("due", "green")], clock.at)
        assert send_due(home) == Sent(sent=1)


def test_a_link_is_good_until_its_day_and_not_longer(tmp_path: Path) -> None:
    with told_home(tmp_path, **PUBLIC) as (home, clock):
        made = token(home, Link("snooze", "ada", 1, SHOE, "red"))
        clock.on(days=60)
        browser = pages(home)
        assert browser.get(f"/links/{made}").status_code == 200
        clock.on(seconds=1)
        for page in (browser.get(f"/links/{made}"), press(browser, made)):
            assert page.status_code == 410
            assert "too old" in page.text
        assert telling.snoozes(home.logbook, "ada", clock.at.date()) == ()


@pytest.mark.parametrize("spoil", [lambda t: t[:-2], lambda t: "x" + t, lambda t: t.replace(".", "")])
def test_a_damaged_link_does_nothing(tmp_path: Path, spoil: object) -> None:
    with told_home(tmp_path, **PUBLIC) as (home, _):
        made = token(home, Link("stop", "ada", 1))
        assert callable(spoil)
        assert press(pages(home), spoil(made)).status_code == 410
        assert telling.channels(home.logbook)[0].stopped_at is None


def test_a_link_of_another_home_is_not_ours(tmp_path: Path) -> None:
    with told_home(tmp_path / "one", **PUBLIC) as (one, _), told_home(tmp_path / "two", **PUBLIC) as (two, _):
        page = press(pages(two), token(one, Link("stop", "ada", 1)))
        assert page.status_code == 410
        assert "not one of ours" in page.text


def test_the_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "link.key"
    first = links.key(path)
    assert links.key(path) == first
    assert len(first) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["link.key"]


def test_a_page_shows_no_html_that_came_in_with_a_name(tmp_path: Path) -> None:
    with told_home(tmp_path, address=None, **PUBLIC) as (home, _):
        channel = telling.add_channel(home.logbook, "ada", "<b>@example.org", NOON)
        page = pages(home).get(f"/links/{token(home, Link('stop', 'ada', channel.id))}")
        assert page.status_code == 200
        assert "<b>" not in page.text


def test_the_same_message_has_the_same_links_each_time_it_is_tried(tmp_path: Path) -> None:
    with told_home(tmp_path, **PUBLIC) as (home, clock):
        link = Link("stop", "ada", 1)
        first = links.url(home.settings, link, NOON)
        clock.on(days=1)
        assert links.url(home.settings, link, NOON) == first
        assert links.GOOD_FOR["stop"] > timedelta(days=365)
