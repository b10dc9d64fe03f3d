"""What a signed link asks and does: looking (GET) only asks, and pressing the button (POST) does it.

Mail scanners open every link; none of them presses a button. A mail client's one-click unsubscribe is a POST.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.channels import addresses
from pipelines.logbook import digests, outbox, telling
from pipelines.logbook.telling import Snooze
from pipelines.telling import links
from pipelines.telling.links import DIGEST, Link
from reports.alert_message import HEADINGS

if TYPE_CHECKING:
    from pipelines.steps import Home

SNOOZE_DAYS = 28


def question(home: Home, token: str) -> str:
    """Whether to do it. Changes nothing. Raises KneewiseError for a link that is no good."""
    return _question(home, _read(home, token))


def do(home: Home, token: str) -> str:
    """Do what the link says, and say so; doing it twice is doing it once. Raises KneewiseError."""
    link = _read(home, token)
    now = home.settings.now()
    if link.deed == "acknowledge":
        outbox.acknowledge(home.logbook, link.number, now)
        return "Thank you: noted as seen."
    if link.deed == "snooze":
        zone = home.logbook.athlete(link.athlete).zone
        until = home.settings.today_in(zone) + timedelta(days=SNOOZE_DAYS)
        telling.snooze(home.logbook, Snooze(link.athlete, link.kind, link.subject, until))
        return f"Done: no more of this before {until}."
    if link.kind == DIGEST:
        digests.stop(home.logbook, link.number, now)
        return "Done: no more digests. Whoever runs Kneewise for you can begin them again."
    telling.stop_channel(home.logbook, link.number, now)
    return "Done: nothing more is sent here. It can be added again in the settings."


def _read(home: Home, token: str) -> Link:
    return links.read(links.key(home.settings.link_key_path), token, home.settings.now())


def _question(home: Home, link: Link) -> str:
    if link.deed == "acknowledge":
        return "Note these alerts as seen?"
    if link.deed == "snooze":
        return f"{HEADINGS[link.kind]}: no more of this for four weeks?"
    if link.kind == DIGEST:
        return "No more weekly digest of your athletes by mail?"
    labels = {c.id: addresses.label(c.address) for c in telling.channels(home.logbook, link.athlete)}
    return f"No more messages from Kneewise to {labels.get(link.number, 'this address')}?"
