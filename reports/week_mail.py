"""The weekly report as a mail: the page's words in tables and inline styles, and its pictures as files beside it.

Mail readers strip style sheets, custom properties and SVG, each of them others. What is left of this mail then is
still one column in order. See docs/notifications.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reports import drawings, palette, typesetting
from reports.page import Links, Page
from reports.weekly import HOW_TO_TELL, environment, picture_of

CHART = "weeks.png"
CHART_WIDTH, CHART_TEXT = 480, 14  # points; read on a phone at two thirds of that
DRAWING_WIDTH = 120


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A PNG that the HTML calls by its name."""

    name: str
    content: bytes


def mail_html(page: Page, links: Links | None = None) -> str:
    return (
        environment()
        .get_template("week_mail.html.j2")
        .render(
            page=page,
            links=links,
            how_to_tell=HOW_TO_TELL,
            colour=palette.LIGHT,
            chart=CHART,
            content_id=content_id,
            drawing_name=drawing_name,
            seen=drawings.words_of,
        )
    )


def mail_pictures(page: Page) -> tuple[MailPicture, ...]:
    return tuple(_pictures(page))


def content_id(name: str) -> str:
    """By what the HTML calls a file of the same mail (RFC 2392)."""
    return f"{name}@kneewise"


def drawing_name(number: int) -> str:
    return f"exercise-{number}.png"


def _pictures(page: Page) -> Iterator[MailPicture]:
    if page.picture.marks:
        svg = picture_of(page, palette.chart_style(CHART_TEXT))
        yield MailPicture(CHART, typesetting.png(svg, CHART_WIDTH, palette.LIGHT["sheet"]))
    for number, exercise in enumerate(page.next_week.exercises, start=1):
        yield MailPicture(drawing_name(number), _drawing(exercise.drawing))


@cache
def _drawing(svg: str) -> bytes:
    """There are ten of them, the same for everybody."""
    return typesetting.png(palette.printable(svg), DRAWING_WIDTH, palette.LIGHT["sheet"])
