"""Takes what is due out of the outbox and sends it. Safe to run at any time, by any number of processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.channels import addresses, push
from pipelines.channels.mail import MailServer
from pipelines.jobs import recorded
from pipelines.logbook import deliveries, outbox, telling
from pipelines.logbook.deliveries import Delivery
from pipelines.logbook.place import sole
from pipelines.logbook.telling import USUAL_QUIET_HOURS, Channel
from pipelines.telling import composing, digest_mail
from pipelines.telling.attempting import PAUSES, Sent, attempt
from pipelines.telling.quiet import is_quiet
from reports.jobs import SEND

if TYPE_CHECKING:
    from pipelines.steps import Home


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
    done = Sent()
    while _due(home, is_patient) or digest_mail.due(home, is_patient):
        with (
            sole(home.logbook.engine, "send", home.settings.outbox_lock_path) as is_sole,
            MailServer(home.settings) as server,
        ):
            if not is_sole:
                break
            for delivery, channel in _due(home, is_patient):
                done += _send(home, server, delivery, channel)
            done += digest_mail.send_due(home, server, is_patient)
        is_patient = True  # what has just failed waits for its time
    return done


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
    message_id = delivery.message_id or composing.message_id(home, delivery, channel)
    if not deliveries.begin_attempt(logbook, delivery, message_id, now):
        return Sent()  # cancelled a moment ago
    begun = deliveries.one(logbook, delivery.id)
    ended = attempt(lambda: _speak(home, server, begun, channel), delivery.attempts, now)
    match ended.state, ended.reason or "":
        case "sent", _:
            deliveries.mark_sent(logbook, delivery.id, now)
        case "failed", reason:
            deliveries.mark_failed(logbook, delivery.id, reason, now)
        case "unsure", reason:
            deliveries.mark_unsure(logbook, delivery.id, reason, ended.again, now)
        case "waiting", reason:
            deliveries.mark_waiting(logbook, delivery, reason, ended.again, now)
    return ended.counted


def _speak(home: Home, server: MailServer, delivery: Delivery, channel: Channel) -> None:
    def before_the_end() -> None:
        deliveries.mark_sending(home.logbook, delivery.id, home.settings.now())

    if addresses.is_mail(channel.address):
        server.send(composing.mail(home, delivery, channel), before_the_end)
        return
    found = composing.words(home, delivery)
    before_the_end()  # a push service takes a message in one go
    stop = f"\n\nNo more messages here: {found.links.stop}" if found.links else ""
    push.send(
        channel.address, found.subject, push.shortened(found.body.text) + stop, delivery.possibly_repeated
    )
