"""Answers the sharing pages from the logbook, and notes who looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipelines.logbook import consents, looks, share_offers
from pipelines.serving.access_log import AccessLog
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from reports.dashboard.ports.sharing import Changed, Given, Offer, OpenLink, Seen, Sharing
from reports.dashboard.refusals import Refused
from reports.dashboard.viewer import Scope, Viewer

SHOWN = timedelta(days=90)


class SharedWith:
    """Answers ``SharingPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._log = AccessLog(reach.logbook)

    def sharing(self, athlete: str) -> Sharing:
        logbook, now = self._reach.logbook, self._reach.settings.now()
        person = logbook.athlete(athlete)
        given = consents.coaches_of(logbook, athlete, now)
        links = share_offers.open_offers(logbook, athlete, now)
        history = consents.history(logbook, athlete)
        return Sharing(
            athlete=athlete,
            zone=person.zone,
            today=self._reach.settings.today_in(person.zone),
            given=tuple(Given(c.coach, c.coach_name, c.scopes, c.until) for c in given),
            links=tuple(OpenLink(o.id, o.scopes, o.until, o.expires_at) for o in links),
            history=tuple(Changed(c.coach_name, c.change, c.scopes, c.until, c.changed_at) for c in history),
        )

    def make_link(self, athlete: str, scopes: Collection[Scope], last_day: date | None) -> str:
        zone = self._reach.logbook.athlete(athlete).zone
        with as_refusal():
            until = None if last_day is None else _end_of(last_day, zone)
            now = self._reach.settings.now()
            return f"/share/{share_offers.offer(self._reach.logbook, athlete, scopes, now, until)}"

    def take_link_back(self, athlete: str, number: int) -> None:
        share_offers.withdraw(self._reach.logbook, athlete, number, self._reach.settings.now())

    def change(self, athlete: str, coach: int, scopes: Collection[Scope], by: Viewer) -> None:
        now = self._reach.settings.now()
        held = {c.coach: c.until for c in consents.coaches_of(self._reach.logbook, athlete, now)}
        with as_refusal():
            consents.change(self._reach.logbook, athlete, coach, scopes, by.account, now, held.get(coach))

    def revoke(self, athlete: str, coach: int, by: Viewer) -> None:
        with as_refusal():
            consents.revoke(self._reach.logbook, athlete, coach, by.account, self._reach.settings.now())

    def offer(self, code: str) -> Offer | None:
        found = share_offers.behind(self._reach.logbook, code, self._reach.settings.now())
        if found is None:
            return None
        zone = self._reach.logbook.athlete(found.athlete).zone
        return Offer(found.athlete, found.athlete_name, zone, found.scopes, found.until)

    def accept(self, code: str, coach: Viewer) -> str:
        logbook, now = self._reach.logbook, self._reach.settings.now()
        offered = share_offers.behind(logbook, code, now)
        if offered is not None and offered.athlete == coach.athlete:
            raise Refused("This is your own link. Send it to the coach with whom you want to share.")
        with as_refusal():
            return share_offers.accept(logbook, code, coach.account, coach.name, now).athlete

    def leave(self, athlete: str, coach: Viewer) -> None:
        with as_refusal():
            consents.leave(self._reach.logbook, athlete, coach.account, self._reach.settings.now())

    def looked(self, coach: Viewer, athletes: Iterable[str], page: str) -> None:
        self._log.note(coach.account, coach.name, athletes, page, self._reach.settings.now())

    def looks(self, athlete: str) -> tuple[tuple[Seen, ...], str]:
        self._log.store()
        since = self._reach.settings.now() - SHOWN
        found = looks.looks(self._reach.logbook, athlete, since)
        seen = tuple(Seen(look.hour, look.coach_name, look.page) for look in found)
        return seen, self._reach.logbook.athlete(athlete).zone

    def close(self) -> None:
        """Store what waits."""
        self._log.close()


def _end_of(day: date, zone: str) -> datetime:
    """The midnight that ends a day there."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
