"""The sharing pages in words: who sees what, links, the history, and who looked when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from reports import wording
from reports.dashboard.ports.sharing import Changed, Given, Offer, OpenLink, Seen, Sharing
from reports.dashboard.viewer import Scope

WORDS = {
    Scope.TRAINING: ("Training", "level and its reasons, runs, loads, shoes, plan"),
    Scope.PAIN: ("Pain", "check-ins with their notes, red flags"),
    Scope.BODY: ("Body", "age, sex, mass, heart rates, injuries, conditions"),
    Scope.POSITIONS: ("Places", "where runs went, without your privacy zones"),
}
CHANGES = {
    "accepted": "accepted your link and sees",
    "changed": "sees from then on",
    "revoked": "sees nothing any more: you ended it",
    "left": "sees nothing any more: they gave it back",
}
MAILED_DIGEST = "/coach/digest, mailed"
PAGES = {
    "": "your week",
    "/history": "your history",
    "/runs/{activity}": "one run",
    "/week/{week}": "an earlier week",
    "/pain": "your pain log",
    "/shoes": "your shoes",
    "/calibration": "past levels and what followed",
    "/coach": "the list of their athletes",
    "/coach/compare": "a comparison of their athletes",
    "/coach/digest": "the digest of their athletes",
    MAILED_DIGEST: "the digest of their athletes, by mail",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One scope as a box to tick."""

    value: str
    name: str
    meaning: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class CoachRow:
    number: int
    name: str
    until: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class SharingPage:
    athlete: str
    today: str
    coaches: tuple[CoachRow, ...]
    links: tuple[LinkRow, ...]
    history: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What a coach is asked to accept."""

    name: str
    shown: tuple[Choice, ...]
    left_out: tuple[str, ...]
    until: str


@dataclass(frozen=True, slots=True)
class LookDay:
    day: str
    lines: tuple[tuple[str, str, str], ...]  # hours, coach, pages


def sharing_page(sharing: Sharing) -> SharingPage:
    return SharingPage(
        athlete=sharing.athlete,
        today=sharing.today.isoformat(),
        coaches=tuple(_coach(given, sharing.zone) for given in sharing.given),
        links=tuple(_link(link, sharing.zone) for link in sharing.links),
        history=tuple(
            (_moment(change.changed_at, sharing.zone), _told(change, sharing.zone))
            for change in sharing.history
        ),
        choices=choices(frozenset({Scope.TRAINING})),
    )


def choices(on: Iterable[Scope]) -> tuple[Choice, ...]:
    ticked = frozenset(on)
    return tuple(Choice(scope, *WORDS[scope], scope in ticked) for scope in Scope)


def offer_page(offer: Offer) -> OfferPage:
    shown = tuple(choice for choice in choices(offer.scopes) if choice.is_on)
    left_out = tuple(choice.name.lower() for choice in choices(offer.scopes) if not choice.is_on)
    return OfferPage(offer.athlete_name, shown, left_out, _until(offer.until, offer.zone))


def look_days(seen: Sequence[Seen], zone: str) -> tuple[LookDay, ...]:
    """Who looked, by the athlete's own day, the newest first."""
    return tuple(
        LookDay(day, tuple(_hours(list(those), zone)))
        for day, those in groupby(seen, lambda look: wording.long_date(_local(look.hour, zone).date()))
    )


def _hours(seen: list[Seen], zone: str) -> Iterable[tuple[str, str, str]]:
    for (hour, coach), those in groupby(seen, lambda look: (look.hour, look.coach_name)):
        began = _local(hour, zone)
        hours = f"{began:%H:%M} to {_local(hour + timedelta(hours=1), zone):%H:%M}"
        yield hours, coach, wording.listed([PAGES.get(look.page, look.page.strip("/")) for look in those])


def _coach(given: Given, zone: str) -> CoachRow:
    return CoachRow(given.coach, given.coach_name, _until(given.until, zone), choices(given.scopes))


def _link(link: OpenLink, zone: str) -> LinkRow:
    until = f", {_until(link.until, zone)}" if link.until else ""
    return LinkRow(
        link.number, f"{_scopes(link.scopes)}{until}; works until {_moment(link.expires_at, zone)}"
    )


def _told(change: Changed, zone: str) -> str:
    what = f" {_scopes(change.scopes).lower()}" if change.scopes else ""
    until = f", {_until(change.until, zone)}" if change.until and change.scopes else ""
    return f"{change.coach_name} {CHANGES[change.change]}{what}{until}"


def _scopes(scopes: Iterable[Scope]) -> str:
    return wording.capitalised(
        wording.listed([choice.name.lower() for choice in choices(scopes) if choice.is_on])
    )


def _until(until: datetime | None, zone: str) -> str:
    """``until`` is the midnight after the last day."""
    if until is None:
        return "until you end it"
    return f"until {wording.long_date((_local(until, zone) - timedelta(seconds=1)).date())}"


def _moment(instant: datetime, zone: str) -> str:
    local = _local(instant, zone)
    return f"{wording.long_date(local.date())}, {local:%H:%M}"


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))
