"""One weekly mail of a real athlete's week, received by a real server, and every part of it opened.

The athlete is Jonas of the sample files: his recordings, shoes, injury and check-ins, synced as anybody's.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from mail_links import pages, press
from page_text import VOID, Reader, flat
from pypdf import PdfReader
from sample_home import sample_home as sample_home
from smtp_server import serving
from told_home import NOON, Clock, Simulated, a_notice

from pipelines import steps
from pipelines.logbook import exercises, outbox, telling
from pipelines.logbook.telling import Choice
from pipelines.steps import Home
from pipelines.telling.sending import Sent, send_due
from reports.alerts import SHOE

BASE = "https://knee.example.org"
OWN = f"{BASE}/a/jonas"
WEEK = "2026-W46"
PNG = b"\x89PNG\r\n\x1a\n"
UNSEEN = {"style", "title"}
ENOUGH = 4.5  # WCAG 2.2, 1.4.3, for text of any size


class Colours(HTMLParser):
    """(words, colour, ground) of every text, as what is written on the elements around it says."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.around: list[tuple[str, str, str, bool]] = [("", "", "", False)]
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        told = dict(attrs)
        style = dict(part.split(":", 1) for part in (told.get("style") or "").split(";") if ":" in part)
        _, colour, ground, is_hidden = self.around[-1]
        ground = style.get("background", told.get("bgcolor") or ground)
        hidden = is_hidden or tag in UNSEEN or told.get("aria-hidden") == "true"
        self.around.append((tag, style.get("color", colour), ground, hidden))

    def handle_endtag(self, tag: str) -> None:
        assert self.around.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        _, colour, ground, is_hidden = self.around[-1]
        if data.strip() and not is_hidden:
            self.found.append((data.strip(), colour, ground))


def contrast(one: str, other: str) -> float:
    """Of two colours written as #rrggbb, by the formula of WCAG."""
    light, dark = sorted(map(_luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    assert re.fullmatch("#[0-9a-f]{6}", colour), colour
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture(scope="module")
def arrived(
    sample_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EmailMessage, Home]]:
    """The weekly mail of Monday morning, with an alert at its head, and the home that sent it."""
    folder = tmp_path_factory.mktemp("mailed") / "home"
    shutil.copytree(sample_home, folder)
    with serving() as inbox:
        server = {"smtp_host": "127.0.0.1", "smtp_port": inbox.port, "smtp_security": "none"}
        told = {"smtp_from": "Kneewise <knee@example.org>", "public_url": BASE}
        with steps.open_home(Simulated(home=folder, clock=Clock(), **server, **told)) as home:
            telling.add_channel(home.logbook, "jonas", "jonas@example.org", NOON - timedelta(days=30))
            telling.choose(home.logbook, "jonas", SHOE, Choice.WEEKLY)
            outbox.tell(home.logbook, home.logbook.athlete("jonas"), [a_notice(athlete="jonas")], NOON)
            steps.queue_reports_due(home)
            assert send_due(home) == Sent(sent=1)
            (got,) = inbox.mails
            yield got.mail, home


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def files_of(mail: EmailMessage) -> dict[str, EmailMessage]:
    return {str(part.get_filename()): part for part in mail.iter_attachments()}


def test_its_head_says_who_it_is_for_and_how_to_end_it(arrived: tuple[EmailMessage, Home]) -> None:
    mail, home = arrived
    assert (mail["To"], mail["From"]) == ("jonas@example.org", "Kneewise <knee@example.org>")
    assert mail["Subject"] == "Kneewise: Jonas Weber, Monday 9 to Sunday 15 November 2026"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(rf"<{BASE}/links/(\S+)>", mail["List-Unsubscribe"])
    assert found
    assert telling.channels(home.logbook, "jonas")[0].stopped_at is None
    browser = pages(home)
    assert "j…@example.org" in browser.get(f"/links/{found[1]}").text
    assert telling.channels(home.logbook, "jonas")[0].stopped_at is None  # looking changes nothing
    assert press(browser, found[1]).status_code == 200
    assert telling.channels(home.logbook, "jonas")[0].stopped_at is not None


def test_its_html_is_small_readable_and_asks_nobody(arrived: tuple[EmailMessage, Home]) -> None:
    html = html_of(arrived[0])
    assert len(html.encode()) < 100_000  # some mail readers cut off what is longer
    read = Reader(html)
    assert not read.tags & {"script", "link", "iframe", "object", "embed", "form", "video", "svg"}
    assert "@import" not in html and "url(" not in html
    assert all(link.startswith((f"{BASE}/", "https://doi.org/")) for link in read.links)
    assert ("html", "lang", "en") in read.attributes
    styled = Colours(html).found
    assert len(styled) > 100
    faint = [(words, colour, ground) for words, colour, ground in styled if contrast(colour, ground) < ENOUGH]
    assert faint == []


def test_its_html_shows_every_picture_with_words_for_it(arrived: tuple[EmailMessage, Home]) -> None:
    mail, html = arrived[0], html_of(arrived[0])
    read = Reader(html)
    sources = [value for tag, name, value in read.attributes if (tag, name) == ("img", "src")]
    words = [value for tag, name, value in read.attributes if (tag, name) == ("img", "alt")]
    assert len(words) == len(sources) > 1 and all(len(said) > 20 for said in words)
    beside = {part["Content-ID"].strip("<>"): part for part in mail.walk() if part["Content-ID"]}
    assert sorted(sources) == sorted(f"cid:{name}" for name in beside)
    assert all(part.get_content().startswith(PNG) for part in beside.values())


def test_text_and_html_say_the_same_and_lead_to_the_same_places(arrived: tuple[EmailMessage, Home]) -> None:
    text, read = text_of(arrived[0]), Reader(html_of(arrived[0]))
    for words in (flat(text), read.text):
        said = words.lower()
        assert said.index("the red pair: warn.") < said.index("kneewise weekly report")
        assert "■ high" in said
        for heading in ("why", "what happened", "next week", "exercises", "shoes", "sources"):
            assert f" {heading} " in said
    assert all(len(line) <= 72 for line in text.splitlines() if "https://" not in line)
    linked = {link for link in read.links if link.startswith(BASE)}
    assert linked == set(re.findall(rf"{BASE}/\S+", text))
    assert {f"{OWN}/week/{WEEK}", f"{OWN}/checkin", f"{OWN}/shoes", f"{OWN}/settings"} <= linked


def test_how_hard_each_run_of_the_week_was_can_be_told_from_the_mail(
    arrived: tuple[EmailMessage, Home],
) -> None:
    mail, home = arrived
    efforts = re.findall(rf"{OWN}(/runs/\S+)#effort", text_of(mail))
    runs = re.findall(r"^  [\d.]+ km in ", text_of(mail), re.MULTILINE)
    assert len(set(efforts)) == len(efforts) == len(runs) > 1
    browser = pages(home)  # the pages are there, and ask who one is
    for path in (*(f"/a/jonas{effort}" for effort in efforts), "/a/jonas/checkin"):
        assert browser.get(path, follow_redirects=False).status_code in (303, 401)
    assert browser.get("/a/jonas/no-such-page", follow_redirects=False).status_code == 404


def test_its_paper_is_tagged_named_and_says_the_week(arrived: tuple[EmailMessage, Home]) -> None:
    paper = files_of(arrived[0])[f"kneewise-{WEEK}.pdf"]
    assert paper.get_content_type() == "application/pdf"
    pdf = PdfReader(BytesIO(paper.get_content()))
    root = pdf.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("en", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Jonas Weber: Week 46, Monday 9 to Sunday 15 November 2026"
    words = flat(" ".join(page.extract_text() for page in pdf.pages)).replace("\u00a0", " ")
    for distance in re.findall(r"^  ([\d.]+ km) in ", text_of(arrived[0]), re.MULTILINE):
        assert distance in words
    assert "High" in words and "Longest sensible run" in words


def test_its_calendar_has_an_event_on_each_day_of_the_plan(arrived: tuple[EmailMessage, Home]) -> None:
    mail, home = arrived
    file = files_of(mail)["kneewise-2026-W47.ics"]
    assert file.get_content_type() == "text/calendar"
    assert (file.get_param("charset"), file.get_param("method")) == ("utf-8", "PUBLISH")
    calendar = Calendar.from_ical(file.get_content())
    assert calendar["METHOD"] == "PUBLISH"
    given = exercises.plan_of(home.logbook, "jonas", date(2026, 11, 16))
    assert given is not None and given.days
    sessions = [e for e in calendar.walk("VEVENT") if "exercises" in e["UID"]]
    assert tuple(e.decoded("DTSTART") for e in sessions) == given.days
    assert all(date(2026, 11, 16) <= day <= date(2026, 11, 22) for day in given.days)
    assert [e.decoded("DTEND") - e.decoded("DTSTART") for e in sessions] == [timedelta(days=1)] * len(
        sessions
    )
    (running,) = (e for e in calendar.walk("VEVENT") if "running" in e["UID"])
    longest = re.search(r"Longest sensible run: (\S+ km)", text_of(mail))
    assert longest and longest[1] in running["SUMMARY"]
    assert "\ufffd" not in file.get_content()  # degrees and dashes came through
    assert files_of(mail).keys() == {"kneewise-2026-W46.pdf", "kneewise-2026-W47.ics"}
