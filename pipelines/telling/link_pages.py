"""What a signed link shows and does: looking (GET) only asks, and pressing the button (POST) does it.

Mail scanners open every link; none of them presses a button. A mail client's one-click unsubscribe is a POST.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.channels import addresses
from pipelines.errors import KneewiseError
from pipelines.logbook import outbox, telling
from pipelines.logbook.telling import Snooze
from pipelines.telling import links
from pipelines.telling.links import Link
from reports.alert_message import HEADINGS, page

if TYPE_CHECKING:
    from pipelines.steps import Home

SNOOZE_DAYS = 28


@dataclass(frozen=True, slots=True)
class LinkPage:
    """An HTTP status and a whole HTML page."""

    status: int
    html: str


def ask(home: Home, token: str) -> LinkPage:
    """The page that asks whether to do it. Changes nothing."""
    try:
        link = _read(home, token)
    except KneewiseError as error:
        return _page(410, str(error))
    button = '<form method="post"><button type="submit" style="font:inherit;padding:.6rem 1.2rem">Yes</button></form>'
    return _page(200, _question(home, link), button)


def do(home: Home, token: str) -> LinkPage:
    """Do what the link says; doing it twice is doing it once."""
    try:
        link = _read(home, token)
    except KneewiseError as error:
        return _page(410, str(error))
    now = home.settings.now()
    if link.deed == "acknowledge":
        outbox.acknowledge(home.logbook, link.number, now)
        return _page(200, "Thank you: noted as seen.")
    if link.deed == "snooze":
        zone = home.logbook.athlete(link.athlete).zone
        until = home.settings.today_in(zone) + timedelta(days=SNOOZE_DAYS)
        telling.snooze(home.logbook, Snooze(link.athlete, link.kind, link.subject, until))
        return _page(200, f"Done: no more of this before {until}.")
    telling.stop_channel(home.logbook, link.number, now)
    return _page(200, "Done: nothing more is sent here. To begin again: kneewise notify add")


def _read(home: Home, token: str) -> Link:
    return links.read(links.key(home.settings.link_key_path), token, home.settings.now())


def _question(home: Home, link: Link) -> str:
    if link.deed == "acknowledge":
        return "Note these alerts as seen?"
    if link.deed == "snooze":
        return f"{HEADINGS[link.kind]}: no more of this for four weeks?"
    labels = {c.id: addresses.label(c.address) for c in telling.channels(home.logbook, link.athlete)}
    return f"No more messages from Kneewise to {labels.get(link.number, 'this address')}?"


def _page(status: int, words: str, more: str = "") -> LinkPage:
    return LinkPage(
        status,
        page(
            "Kneewise",
            f"<main style='padding:1.2rem'><h1>Kneewise</h1><p>{html.escape(words)}</p>{more}</main>",
        ),
    )
