"""The sharing pages' port: which coach may see what, links to share with, and who looked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from reports.dashboard.viewer import Scope, Viewer

Change = Literal["accepted", "changed", "revoked", "left"]


@dataclass(frozen=True, slots=True)
class Given:
    """What a coach may see now. ``until`` (exclusive) is None while it holds until it is revoked."""

    coach: int
    coach_name: str
    scopes: frozenset[Scope]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the history."""

    coach_name: str
    change: Change
    scopes: frozenset[Scope]
    until: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that nobody has accepted yet."""

    number: int
    scopes: frozenset[Scope]
    until: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may see what of one athlete, and every change there was, newest first."""

    athlete: str
    zone: str
    today: date
    given: tuple[Given, ...]
    links: tuple[OpenLink, ...]
    history: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link offers to the coach who opened it."""

    athlete: str
    athlete_name: str
    zone: str
    scopes: frozenset[Scope]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """In the hour that began then, a coach looked at a page: its path without the athlete."""

    hour: datetime
    coach_name: str
    page: str


class SharingPort(Protocol):
    """What cannot be done is ``Refused``. Everything holds with the next request."""

    def sharing(self, athlete: str) -> Sharing: ...

    def make_link(self, athlete: str, scopes: Collection[Scope], last_day: date | None) -> str:
        """The path of a link that one coach can accept; shown once. ``last_day`` is the athlete's own."""

    def take_link_back(self, athlete: str, number: int) -> None: ...

    def change(self, athlete: str, coach: int, scopes: Collection[Scope], by: Viewer) -> None:
        """Share something else with a coach from now on; nothing = revoke."""

    def revoke(self, athlete: str, coach: int, by: Viewer) -> None: ...

    def offer(self, code: str) -> Offer | None:
        """What a link offers; None where it was used, taken back, is too old or never was."""

    def accept(self, code: str, coach: Viewer) -> str:
        """Accept it as this coach; the athlete's id."""

    def leave(self, athlete: str, coach: Viewer) -> None:
        """The coach gives the access back."""

    def looked(self, coach: Viewer, athletes: Iterable[str], page: str) -> None:
        """Note that a coach looks at a page about these athletes; no page waits for it."""

    def looks(self, athlete: str) -> tuple[tuple[Seen, ...], str]:
        """Who looked in the last ninety days, newest first, and the athlete's zone."""
