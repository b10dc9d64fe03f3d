"""Takes what is due out of the outbox and sends it. Safe to run at any time, by any number of processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.channels import addresses, push
from pipelines.channels.mail import MailServer
from pipelines.channels.outcomes import NotSent, Refused, Unsure
from pipelines.jobs import recorded
from pipelines.logbook import deliveries, outbox, telling
from pipelines.logbook.deliveries import Delivery
from pipelines.logbook.place import sole
from pipelines.logbook.telling import USUAL_QUIET_HOURS, Channel
from pipelines.telling import composing
from pipelines.telling.quiet import is_quiet
from reports.jobs import SEND

if TYPE_CHECKING:
    from pipelines.steps import Home

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Quick at first, for a server that restarts; then patient; after three days and a half it is given up.
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR, *[12 * HOUR] * 2, *[24 * HOUR] * 2)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did: deliveries sent, failed for good, and those to be tried again."""

    sent: int = 0
    failed: int = 0
    later: int = 0


def send_due(home: Home, is_patient: bool = True) -> Sent:
    """Send what may go now; the impatient do not wait for the pause after a failed attempt.

    One process sends at a time. Another that comes meanwhile leaves its messages to it: the first looks
    again after letting go of the lock.
    """
    with recorded(home, SEND, only_if_counted=True) as counts:
        done = _send_all(home, is_patient)
        counts.update(sent=done.sent, failed=done.failed, later=done.later)
    deliveries.drop_bodies(home.logbook)
    return done


def _send_all(home: Home, is_patient: bool) -> Sent:
    sent = failed = later = 0
    while _due(home, is_patient):
        with (
            sole(home.logbook.engine, "send", home.settings.outbox_lock_path) as is_sole,
            MailServer(home.settings) as server,
        ):
            if not is_sole:
                break
            for delivery, channel in _due(home, is_patient):
                ended = _send(home, server, delivery, channel)
                sent, failed, later = sent + ended.sent, failed + ended.failed, later + ended.later
        is_patient = True  # what has just failed waits for its time
    return Sent(sent, failed, later)


def _due(home: Home, is_patient: bool) -> list[tuple[Delivery, Channel]]:
    """What may go now, and where to; in quiet hours only a test that somebody has just asked for."""
    now = home.settings.now()
    channels = {channel.id: channel for channel in telling.channels(home.logbook)}
    zones = {athlete.id: athlete.zone for athlete in home.logbook.athletes()}
    hours = telling.quiet_hours(home.logbook)
    return [
        (delivery, channels[delivery.channel])
        for delivery in deliveries.still_open(home.logbook, now)
        if delivery.next_try_at <= now or not is_patient
        if delivery.message.kind == outbox.TEST
        or not is_quiet(
            now, zones[delivery.message.athlete], hours.get(delivery.message.athlete, USUAL_QUIET_HOURS)
        )
    ]


def _send(home: Home, server: MailServer, delivery: Delivery, channel: Channel) -> Sent:
    """One attempt, every step of it recorded before the next is taken."""
    logbook, now = home.logbook, home.settings.now()
    if addresses.is_mail(channel.address) and server.is_down:
        deliveries.mark_waiting(logbook, delivery, server.is_down, now + PAUSES[0], now)
        return Sent(later=1)
    try:
        message_id = delivery.message_id or composing.message_id(home, delivery, channel)
        if not deliveries.begin_attempt(logbook, delivery, message_id, now):
            return Sent()  # cancelled a moment ago
        _speak(home, server, deliveries.one(logbook, delivery.id), channel)
    except Refused as error:
        deliveries.mark_failed(logbook, delivery.id, str(error), now)
        return Sent(failed=1)
    except (NotSent, Unsure) as error:
        if delivery.attempts >= len(PAUSES):
            deliveries.mark_failed(
                logbook, delivery.id, f"given up after {delivery.attempts + 1} attempts: {error}", now
            )
            return Sent(failed=1)
        again = now + PAUSES[delivery.attempts]
        if isinstance(error, Unsure):
            deliveries.mark_unsure(logbook, delivery.id, str(error), again, now)
        else:
            deliveries.mark_waiting(logbook, delivery, str(error), again, now)
        return Sent(later=1)
    deliveries.mark_sent(logbook, delivery.id, now)
    return Sent(sent=1)


def _speak(home: Home, server: MailServer, delivery: Delivery, channel: Channel) -> None:
    def before_the_end() -> None:
        deliveries.mark_sending(home.logbook, delivery.id, home.settings.now())

    if addresses.is_mail(channel.address):
        server.send(composing.mail(home, delivery, channel), before_the_end)
        return
    found = composing.words(home, delivery)
    before_the_end()  # a push service takes a message in one go
    stop = f"\n\nNo more messages here: {found.stop_url}" if found.stop_url else ""
    push.send(
        channel.address, found.subject, push.shortened(found.body.text) + stop, delivery.possibly_repeated
    )
