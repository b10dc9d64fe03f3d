"""The words around alerts: a message of its own, or the head of the weekly mail; as text and as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.alerts import BROKEN, FILES, NO_DATA, PAIN, PLANNED, RED_FLAG, SHOE, SPIKE, Notice
from reports.palette import LIGHT
from reports.weekly import fold
from reports.wording import count, plain

HEADINGS = {
    SHOE: "Shoes",
    SPIKE: "A longer run",
    PLANNED: "A run that you plan",
    PAIN: "Knee pain",
    RED_FLAG: "Please read this first",
    NO_DATA: "No recordings",
    FILES: "Files",
    BROKEN: "Kneewise itself",
}
WHY_YOU_GET_THIS = "You get this because Kneewise was asked to tell you here."
TO_CHOOSE = "To choose what and when"
BY_COMMAND = "kneewise notify"

# As wide as the weekly mail's own column.
_COLUMN = "max-width:600px;margin:1.2rem auto;padding:0 16px"
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root{{color-scheme:light dark}}
@media (prefers-color-scheme:dark){{
.paper{{background:#14191b!important;color:#e8e4da!important}}.soft{{color:#a5aeb1!important}}.mark{{color:#78c6d2!important}}
}}
</style>
</head>
<body class="paper" bgcolor="{paper}" style="margin:0 auto;max-width:38rem;background:{paper};color:{ink};font:1rem/1.5 -apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif">
{body}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice of a message, and the link that puts off more of its kind, if links can be followed."""

    notice: Notice
    snooze_url: str | None = None


@dataclass(frozen=True, slots=True)
class FooterLinks:
    """Where the athlete chooses what is told and when, and what ends the channel at once."""

    choose: str
    stop: str


def subject(told: Sequence[Told], name: str) -> str:
    """Says that there is something, and not what: subjects are read on locked screens."""
    return f"Kneewise: {count(len(told), 'alert')} for {plain(name)}"


def as_text(told: Sequence[Told], acknowledge_url: str | None = None) -> str:
    parts = []
    for one in told:
        part = f"{HEADINGS[one.notice.kind].upper()}\n{fold(one.notice.text)}"
        if one.snooze_url:
            part += f"\nNo more of this for four weeks: {one.snooze_url}"
        parts.append(part)
    if acknowledge_url:
        parts.append(f"Seen it: {acknowledge_url}")
    return "\n\n".join(parts) + "\n"


def as_html(told: Sequence[Told], acknowledge_url: str | None = None) -> str:
    """A part of a page, without anything around it."""
    parts = []
    for one in told:
        parts.append(f'<h2 style="font-size:1.1rem;margin:1.2rem 0 .3rem">{HEADINGS[one.notice.kind]}</h2>')
        parts.append(f'<p style="margin:0">{html.escape(one.notice.text)}</p>')
        if one.snooze_url:
            parts.append(_link(one.snooze_url, "No more of this for four weeks"))
    if acknowledge_url:
        parts.append(_link(acknowledge_url, "Seen it"))
    return f'<div role="region" aria-label="Alerts" style="{_COLUMN}">{"".join(parts)}</div>'


def page(title: str, body: str) -> str:
    """A whole HTML page around parts that are HTML already."""
    return _PAGE.format(title=html.escape(title), body=body, paper=LIGHT["paper"], ink=LIGHT["ink"])


def before_the_report(report_html: str, part: str) -> str:
    """A part of HTML as the first thing on a page that is whole."""
    return re.sub(r"<body[^>]*>", lambda body: body[0] + part, report_html, count=1)


def footer_text(links: FooterLinks | None) -> str:
    if links is None:
        return f"-- \n{fold(f'{WHY_YOU_GET_THIS} {TO_CHOOSE}: {BY_COMMAND}')}\n"
    return (
        f"-- \n{fold(WHY_YOU_GET_THIS)}\n{TO_CHOOSE}: {links.choose}\nNo more messages here: {links.stop}\n"
    )


def with_footer(page_html: str, links: FooterLinks | None) -> str:
    ways = f"{TO_CHOOSE}: {BY_COMMAND}."
    if links is not None:
        ways = f"{_a(links.choose, 'Choose what and when')} &nbsp; {_a(links.stop, 'No more messages here')}"
    words = f'<p class="soft" style="{_COLUMN};font-size:14px;color:{LIGHT["soft"]}">{WHY_YOU_GET_THIS} {ways}</p>'
    before, end, after = page_html.rpartition("</body>")
    return before + words + end + after


def _link(url: str, words: str) -> str:
    return f'<p style="margin:.3rem 0">{_a(url, words)}</p>'


def _a(url: str, words: str) -> str:
    return f'<a class="mark" href="{html.escape(url)}" style="color:{LIGHT["mark"]}">{words}</a>'
