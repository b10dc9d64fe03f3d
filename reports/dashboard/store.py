"""Everything the pages ask for, gathered: one port for each group of pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast

from fastapi import Request

from reports.dashboard.ports.accounts import AccountPort
from reports.dashboard.ports.coach import CoachPort
from reports.dashboard.ports.files import FilePort
from reports.dashboard.ports.histories import HistoryPort
from reports.dashboard.ports.jobs import JobPort
from reports.dashboard.ports.knee import KneePort
from reports.dashboard.ports.links import LinkPort
from reports.dashboard.ports.notes import NotePort
from reports.dashboard.ports.own_data import OwnDataPort
from reports.dashboard.ports.plans import PlanPort
from reports.dashboard.ports.profile import ProfilePort
from reports.dashboard.ports.runs import RunPort
from reports.dashboard.ports.sharing import SharingPort
from reports.dashboard.ports.shoes import ShoePort
from reports.dashboard.ports.summaries import SummaryPort
from reports.dashboard.ports.weeks import WeekPort
from reports.dashboard.viewer import Viewer


class Health(StrEnum):
    READABLE = "readable"
    NOTHING_PUBLISHED = "nothing published yet"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """What an API token may do (``upload`` or ``read``), and for which athlete."""

    kind: str
    athlete: str


class Store(Protocol):
    """The rim as pages see it. Each group of pages adds its own port here, from ``ports/``, as a read-only
    property: ``@property`` / ``def weeks(self) -> WeekPort: ...``."""

    def viewer(self, session_token: str | None) -> Viewer | None:
        """Whose browser session that is; None where it is none, ended or too old."""

    def state(self) -> str:
        """Changes whenever anything changed that pages show: what is composed may be kept for as long."""

    def token_holder(self, api_token: str) -> TokenHolder | None:
        """Whose API token that is; None where it is none, ended or revoked."""

    @property
    def accounts(self) -> AccountPort: ...

    @property
    def links(self) -> LinkPort: ...

    @property
    def summaries(self) -> SummaryPort: ...

    def health(self) -> Health:
        """Whether what pages are made from can be read."""

    def behind(self) -> tuple[str, ...] | None:
        """The duties of ``kneewise up`` that are late; None where it does not run here."""

    @property
    def files(self) -> FilePort: ...

    @property
    def histories(self) -> HistoryPort: ...

    @property
    def runs(self) -> RunPort: ...

    @property
    def knee(self) -> KneePort: ...

    @property
    def plans(self) -> PlanPort: ...

    @property
    def profile(self) -> ProfilePort: ...

    @property
    def own_data(self) -> OwnDataPort: ...

    @property
    def sharing(self) -> SharingPort: ...

    @property
    def shoes(self) -> ShoePort: ...

    @property
    def coaching(self) -> CoachPort: ...

    @property
    def notes(self) -> NotePort: ...

    @property
    def jobs(self) -> JobPort: ...

    @property
    def weeks(self) -> WeekPort: ...


def store_of(request: Request) -> Store:
    return cast(Store, request.app.state.store)
