"""Past levels against logged pain, false alarms included: of all who shared both, or of one athlete."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import Response

from models.backtest import backtest
from reports import wording
from reports.calibration import compose
from reports.dashboard.access import COACH, reader
from reports.dashboard.pages import Pages
from reports.dashboard.ports.coach import TOLD_BY_PAST_LEVELS
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope

pages = Pages()
NOT_SHARED = (
    "Past levels are shown where training, pain and body data are shared: injuries speak in them, too."
)


@pages.show("/calibration", COACH)
def show_pooled(request: Request) -> Response:
    """Of everyone who shared all that it tells of with the viewer."""
    shared = request.state.viewer.shared
    sharing = sum(scopes >= TOLD_BY_PAST_LEVELS for scopes in shared.values())
    whose = f"Of {wording.count(sharing, 'athlete')} who shared training, pain and body data with you."
    return _page(request, shared, whose)


@pages.show("/a/{athlete}/calibration", reader(Scope.PAIN))
def show_own(request: Request, athlete: str) -> Response:
    scopes = request.state.viewer.scopes_on(athlete)
    return _page(request, {athlete: scopes}, "" if scopes >= TOLD_BY_PAST_LEVELS else NOT_SHARED)


def _page(request: Request, shared: Mapping[str, frozenset[Scope]], whose: str) -> Response:
    store = store_of(request)
    weeks = store.coaching.judged_weeks(shared)
    page = compose(backtest(weeks), weeks)
    return render(request, "calibration.html.j2", page=page, whose=whose)
