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
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope

pages = Pages()


@pages.show("/calibration", COACH)
def show_pooled(request: Request) -> Response:
    """Of everyone who shared training and pain with the viewer."""
    shared = request.state.viewer.shared
    sharing = sum({Scope.TRAINING, Scope.PAIN} <= scopes for scopes in shared.values())
    whose = f"Of {wording.count(sharing, 'athlete')} who shared both training and pain with you."
    return _page(request, shared, whose)


@pages.show("/a/{athlete}/calibration", reader(Scope.PAIN))
def show_own(request: Request, athlete: str) -> Response:
    return _page(request, {athlete: request.state.viewer.scopes_on(athlete)}, "")


def _page(request: Request, shared: Mapping[str, frozenset[Scope]], whose: str) -> Response:
    store = store_of(request)
    weeks = store.coaching.judged_weeks(shared)
    page = compose(backtest(weeks), weeks)
    return render(request, "calibration.html.j2", page=page, whose=whose)
