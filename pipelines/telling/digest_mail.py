"""Coaches' weekly digests: queued on their own Monday morning, written when they are sent.

What an athlete shares may change while a digest waits for a server. So what waits is only that there is one; each
attempt says what is shared at that moment, and none is made of nothing.
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

from features.training_log import Week
from pipelines.channels.mail import Mail, MailServer
from pipelines.errors import KneewiseError
from pipelines.logbook import accounts, consents, digests, looks
from pipelines.logbook.accounts import Account
from pipelines.logbook.digests import DigestMail
from pipelines.logbook.looks import Look
from pipelines.shared_standings import shared_standings
from pipelines.telling import links
from pipelines.telling.attempting import PAUSES, Sent, attempt
from pipelines.telling.composing import stable_id
from pipelines.telling.links import DIGEST, Link
from pipelines.warehouse.published import Published
from reports import coach_digest
from reports.coach_digest import DigestLinks
from reports.dashboard.ports.coach import Shared
from reports.dashboard.views.digest import digest
from reports.dashboard.views.sharing import MAILED_DIGEST

if TYPE_CHECKING:
    from pipelines.steps import Home

MORNING = time(6)


def coaches_due(home: Home, now: datetime) -> list[tuple[Account, Week]]:
    """Coaches whose digest should be queued by now and is not, with the week that is over.

    It is due from six o'clock of their own Monday on; a computer that was off then makes up for it later that week.
    There is none where no mail server is set, nor for a week from before the account.
    """
    if not home.settings.smtp_host:
        return []
    unwanted = digests.stopped(home.logbook)
    found = []
    for one in accounts.accounts(home.logbook):
        zone = ZoneInfo(one.zone)
        week = Week.of(now.astimezone(zone).date()).shifted(-1)
        due_at = datetime.combine(week.last_day + timedelta(days=1), MORNING, zone)
        is_wanted = _refusal(one, unwanted) is None and one.created_at <= due_at <= now
        if is_wanted and not digests.is_queued(home.logbook, one.id, week):
            found.append((one, week))
    return found


def due(home: Home, is_patient: bool) -> list[DigestMail]:
    """Those that may go now; the impatient do not wait for the pause after a failed attempt."""
    now = home.settings.now()
    return [mail for mail in digests.still_open(home.logbook) if mail.next_try_at <= now or not is_patient]


def send_due(home: Home, server: MailServer, is_patient: bool) -> Sent:
    done = Sent()
    for mail in due(home, is_patient):
        done += _send(home, server, mail)
    return done


def _send(home: Home, server: MailServer, mail: DigestMail) -> Sent:
    """One attempt, every step of it recorded before the next is taken."""
    logbook, now = home.logbook, home.settings.now()
    coach = accounts.account(logbook, mail.account)
    shared = {} if coach is None else _shared_with(home, coach)
    reason = _refusal(coach, digests.stopped(logbook)) or (None if shared else "nobody shares anything now")
    if coach is None or reason:
        digests.mark_done(logbook, mail, "cancelled", now, reason)
        return Sent()
    if server.is_down:
        digests.mark_again(logbook, mail, mail.state, server.is_down, now + PAUSES[0], now)
        return Sent(later=1)
    message_id = mail.message_id or stable_id(home, f"{DIGEST}/{mail.account}/{mail.week}", coach.email)
    try:
        whole = _written(home, coach, mail, message_id, shared)
    except KneewiseError as error:
        digests.mark_again(logbook, mail, mail.state, str(error), now + PAUSES[0], now)
        return Sent(later=1)

    def before_the_end() -> None:
        _note_looks(home, coach, shared)
        digests.mark_sending(logbook, mail, home.settings.now())

    digests.begin_attempt(logbook, mail, message_id, now)
    ended = attempt(lambda: server.send(whole, before_the_end), mail.attempts, now)
    match ended.state:
        case "sent" | "failed":
            digests.mark_done(logbook, mail, ended.state, now, ended.reason)
        case "waiting":
            digests.mark_again(logbook, mail, "waiting", ended.reason, ended.again, now)
        case "unsure":
            digests.mark_again(logbook, mail, "sending", ended.reason, ended.again, now)
    return ended.counted


def _refusal(coach: Account | None, unwanted: frozenset[int]) -> str | None:
    """Why this account gets no digest."""
    if coach is None or coach.disabled_at is not None:
        return "the account is closed"
    if not coach.is_coach:
        return "the account is no coach's any more"
    return "the coach wants no digest" if coach.id in unwanted else None


def _shared_with(home: Home, coach: Account) -> Shared:
    return consents.scopes_of_coach(home.logbook, coach.id, home.settings.now())


def _written(home: Home, coach: Account, mail: DigestMail, message_id: str, shared: Shared) -> Mail:
    settings = home.settings
    with closing(Published(settings.published_path)) as published:
        standings = shared_standings(settings, home.logbook, published, shared)
    found = _links(home, coach, mail, shared)
    today = settings.today_in(coach.zone)
    page = digest(standings, today)
    return Mail(
        recipient=coach.email,
        subject=coach_digest.subject(page),
        text=coach_digest.as_text(page, today, found),
        html=coach_digest.as_html(page, today, found),
        attachments=(),
        message_id=message_id,
        written_at=mail.created_at,
        unsubscribe_url=None if found is None else found.stop,
        possibly_repeated=mail.possibly_repeated or mail.state == "sending",
    )


def _links(home: Home, coach: Account, mail: DigestMail, shared: Shared) -> DigestLinks | None:
    """None where no public address is set."""
    stop_url = links.url(home.settings, Link("stop", "", coach.id, DIGEST), mail.created_at)
    if stop_url is None or home.settings.public_url is None:
        return None
    base = home.settings.public_url.rstrip("/")
    athletes = {athlete: f"{base}/a/{quote(athlete)}" for athlete in shared}
    return DigestLinks(f"{base}/coach/digest", athletes, stop_url)


def _note_looks(home: Home, coach: Account, shared: Shared) -> None:
    """Athletes see that a coach was told of them; nobody's coach looks at themselves."""
    hour = home.settings.now().replace(minute=0, second=0, microsecond=0)
    others = [athlete for athlete in shared if athlete != coach.athlete]
    looks.put(home.logbook, [Look(one, coach.id, hour, MAILED_DIGEST, coach.name) for one in others])
