"""Makes of a stored message what one channel gets: subject, words, links. The same each time it is tried."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipelines.channels.mail import Mail, sender_of
from pipelines.errors import KneewiseError
from pipelines.logbook import outbox
from pipelines.logbook.deliveries import Delivery
from pipelines.logbook.outbox import Body
from pipelines.logbook.telling import Channel
from pipelines.telling import links
from pipelines.telling.links import Link
from reports import alert_message
from reports.alert_message import FooterLinks, Told
from reports.alerts import RED_FLAG, SHOE, Notice

if TYPE_CHECKING:
    from pipelines.steps import Home


@dataclass(frozen=True, slots=True)
class Words:
    """A message before it is a mail or a push message."""

    subject: str
    body: Body
    links: FooterLinks | None


def words(home: Home, delivery: Delivery) -> Words:
    """The message as stored; its alerts first."""
    message = delivery.message
    told = [Told(n, _snooze(home, delivery, n)) for n in outbox.notices_of(home.logbook, message.id)]
    seen = _url(home, delivery, Link("acknowledge", message.athlete, message.id)) if told else None
    subject = message.subject or alert_message.subject(told, home.logbook.athlete(message.athlete).name)
    body = outbox.body_of(home.logbook, message.id)
    text, html = body.text, body.html
    if told:
        text = "\n\n".join(filter(None, (alert_message.as_text(told, seen), text)))
        part = alert_message.as_html(told, seen)
        html = alert_message.before_the_report(html, part) if html else alert_message.page(subject, part)
    return Words(subject, Body(text, html, body.attachments), _footer_links(home, delivery))


def mail(home: Home, delivery: Delivery, channel: Channel) -> Mail:
    found = words(home, delivery)
    html = found.body.html
    return Mail(
        recipient=channel.address,
        subject=found.subject,
        text=f"{found.body.text.rstrip()}\n\n{alert_message.footer_text(found.links)}",
        html=None if html is None else alert_message.with_footer(html, found.links),
        attachments=found.body.attachments,
        message_id=delivery.message_id or message_id(home, delivery, channel),
        written_at=delivery.message.created_at,
        unsubscribe_url=None if found.links is None else found.links.stop,
        possibly_repeated=delivery.possibly_repeated,
    )


def message_id(home: Home, delivery: Delivery, channel: Channel) -> str:
    """Follows from the message and its channel, so that a logbook restored from a backup makes no new one."""
    return stable_id(home, delivery.message.key, channel.address)


def stable_id(home: Home, key_of_message: str, address: str) -> str:
    key = links.key(home.settings.link_key_path)
    about = f"message-id\0{key_of_message}\0{address}".encode()
    return f"<{hmac.new(key, about, hashlib.sha256).hexdigest()[:40]}@{_domain(home)}>"


def _domain(home: Home) -> str:
    """Where mails come from; nobody's while that is not set, or is no address: the attempt says so."""
    try:
        return sender_of(home.settings).domain
    except KneewiseError:
        return "kneewise.invalid"


def _snooze(home: Home, delivery: Delivery, notice: Notice) -> str | None:
    """One pair of shoes is put off by itself, other kinds as a whole; a red flag never."""
    if notice.kind == RED_FLAG:
        return None
    subject = notice.subject if notice.kind == SHOE else ""
    link = Link("snooze", notice.athlete, delivery.message.id, notice.kind, subject)
    return _url(home, delivery, link)


def _footer_links(home: Home, delivery: Delivery) -> FooterLinks | None:
    stop = _url(home, delivery, Link("stop", delivery.message.athlete, delivery.channel))
    address = home.settings.public_url
    if stop is None or address is None:
        return None
    return FooterLinks(f"{address.rstrip('/')}/a/{quote(delivery.message.athlete)}/settings", stop)


def _url(home: Home, delivery: Delivery, link: Link) -> str | None:
    return links.url(home.settings, link, delivery.message.created_at)
