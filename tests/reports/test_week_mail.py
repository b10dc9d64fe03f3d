"""The weekly mail: small, in one column, and whole where a mail reader strips what it does not trust."""

from __future__ import annotations

import re

import builders
import pytest
from axe_playwright_python.sync_playwright import Axe
from builders import athlete, calm_story, hilly_story
from page_text import Reader, flat
from playwright.sync_api import Browser

from reports.page import Links
from reports.week_mail import content_id, mail_html, mail_pictures
from reports.week_page import compose
from reports.weekly import text_of

NAMES = sorted(builders.STORIES)
OWN = "https://knee.example.org/a/ada"


class Efforts(dict[str, str]):
    """Of whatever run is asked for."""

    def __missing__(self, run: str) -> str:
        return f"{OWN}/runs/{run}#effort"


LINKS = Links(f"{OWN}/week/2026-W46", f"{OWN}/checkin", f"{OWN}/shoes", Efforts())
NO_LANDMARKS = {rule: {"enabled": False} for rule in ("region", "landmark-one-main")}  # a mail is one piece


@pytest.mark.parametrize("name", NAMES)
def test_the_mail_is_well_formed_small_and_asks_nobody(name: str) -> None:
    page = compose(builders.STORIES[name]())
    html = mail_html(page, LINKS)
    read = Reader(html)
    assert len(html.encode()) < 60_000  # readers cut off at some 100 kB, and alerts and a footer come along
    assert not read.tags & {"script", "link", "iframe", "object", "form", "svg", "details", "section"}
    for link in read.links:
        assert link.startswith(("https://doi.org/", "https://knee.example.org/a/ada/"))
    assert not [a for _, a, _ in read.attributes if a.startswith("on")]
    assert len(html.partition("<style>")[2].partition("</style>")[0]) < 8_000  # longer ones are dropped whole


@pytest.mark.parametrize("name", NAMES)
def test_what_mail_readers_drop_carries_nothing(name: str) -> None:
    html = mail_html(compose(builders.STORIES[name]()))
    styles = " ".join(re.findall(r'style="([^"]*)"', html))
    assert not re.search(r"var\(|position:|display:(grid|flex)|url\(|calc\(", styles)


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_of_the_mail_comes_along_and_has_words(name: str) -> None:
    page = compose(builders.STORIES[name]())
    read = Reader(mail_html(page))
    sources = [value for tag, attribute, value in read.attributes if (tag, attribute) == ("img", "src")]
    pictures = mail_pictures(page)
    assert sources == [f"cid:{content_id(picture.name)}" for picture in pictures]
    assert all(picture.content.startswith(b"\x89PNG") for picture in pictures)
    assert sum(len(picture.content) for picture in pictures) < 100_000
    words = [value for tag, attribute, value in read.attributes if (tag, attribute) == ("img", "alt")]
    assert len(words) == len(sources) and all(len(said) > 20 for said in words)


def test_the_chart_tells_its_facts_where_pictures_are_off() -> None:
    html = flat(mail_html(compose(hilly_story()))).replace("\u00a0", " ")
    assert (
        'alt="Twelve weeks of running, to 15 November 2026. This week 44.6 km in 4 runs. Longest run' in html
    )


def test_bars_of_causes_are_as_long_as_on_the_page() -> None:
    why = compose(hilly_story()).why
    html = mail_html(compose(hilly_story()))
    widths = [int(n) for n in re.findall(r'<td class="mark-bar" width="(\d+)%"', html)]
    assert widths == [round(row.width) for row in why.acting]


def test_links_are_in_text_and_html_only_where_they_lead_somewhere() -> None:
    page = compose(calm_story())
    for with_links in (mail_html(page, LINKS), text_of(page, LINKS)):
        for link in (
            LINKS.week,
            LINKS.check_in,
            LINKS.shoes,
            *(LINKS.efforts[r.activity] for r in page.runs),
        ):
            assert link in with_links
        assert "kneewise checkin" not in with_links
    assert len(page.runs) > 1
    for without in (flat(mail_html(page)), flat(text_of(page))):
        assert "/a/ada" not in without
        assert "kneewise checkin" in without and "kneewise rpe last" in without


def test_a_hostile_name_stays_a_name_in_the_mail() -> None:
    evil = '<script>alert("1")</script>" style="x'
    read = Reader(mail_html(compose(calm_story(athlete(evil)))))
    assert "script" not in read.tags and evil in read.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mail_fits_a_small_phone_and_passes_an_accessibility_check(browser: Browser, scheme: str) -> None:
    view = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    for name in NAMES:
        view.set_content(mail_html(compose(builders.STORIES[name]()), LINKS))
        assert view.evaluate("document.documentElement.scrollWidth") <= 360, name
        found = Axe().run(view, options={"rules": NO_LANDMARKS})
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    view.close()


def test_a_name_without_spaces_does_not_widen_the_page(browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 360, "height": 800})
    view.set_content(mail_html(compose(calm_story(athlete("Wolfeschlegelsteinhausenbergerdorff" * 3)))))
    assert view.evaluate("document.documentElement.scrollWidth") <= 360
    view.close()
