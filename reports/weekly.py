"""The weekly report of one athlete, as one self-contained HTML page and as plain text."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from reports import wording
from reports.page import Links, Page
from reports.week_page import compose
from reports.week_story import WeekStory

TEMPLATES = Path(__file__).with_name("templates")
TEXT_WIDTH = 72
# Where no pages are at hand.
HOW_TO_TELL = (
    "Tell how your knees feel: kneewise checkin. How hard your last run was, 0 to 10: kneewise rpe last 7"
)
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:km|mi|m|ft|min|h|%|×)(?!\w))|(?<=×) (?=\d)")


def render_html(story: WeekStory) -> str:
    return html_of(compose(story))


def render_text(story: WeekStory) -> str:
    return text_of(compose(story))


def html_of(page: Page) -> str:
    """A page that needs nothing but itself: styles inside, no scripts, links to DOIs alone."""
    return (
        environment()
        .get_template("week.html.j2")
        .render(
            page=page,
            # Both are made by this project's own templates, which escaped what people wrote.
            picture=Markup(picture_of(page)),
            style=Markup((TEMPLATES / "week.css").read_text(encoding="utf-8")),
        )
    )


def picture_of(page: Page, style: str = "") -> str:
    """The twelve weeks as SVG; ``style`` where no page around it has one."""
    return environment().get_template("weeks.svg.j2").render(picture=page.picture, style=Markup(style))


def text_of(page: Page, links: Links | None = None) -> str:
    """The same facts for a plain-text mail, at most 72 columns wide."""
    rendered = (
        environment().get_template("week.txt.j2").render(page=page, links=links, how_to_tell=HOW_TO_TELL)
    )
    return "\n".join(line.rstrip() for line in rendered.strip().splitlines()) + "\n"


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is None or not name.endswith(".txt.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_unbroken,
    )
    made.filters["fold"] = fold
    made.filters["marks"] = _marks
    made.filters["drawn"] = Markup  # this project's own drawings: nothing in them is anybody's words
    return made


def fold(text: str, indent: int = 0, bullet: str = "") -> str:
    """Wraps a paragraph; ``bullet`` stands in the first line's indent. What people wrote may
    hold line breaks, which must not break out of the paragraph."""
    first = " " * (indent - len(bullet)) + bullet
    return textwrap.fill(
        wording.plain(text),
        TEXT_WIDTH,
        initial_indent=first,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f" [{n}]" for n in numbers)


@pass_eval_context
def _unbroken(context: EvalContext, value: object) -> object:
    """On a page no line ends between a number and its unit; plain text counts columns and keeps its spaces."""
    if context.autoescape and isinstance(value, str) and not isinstance(value, Markup):
        return _NUMBER_AND_UNIT.sub("\u00a0", value)
    return value
