"""The week's page: the newest week, and every one before it."""

from __future__ import annotations

from fastapi import HTTPException, Request
from fastapi.responses import Response

from features.training_log import Week
from reports.dashboard.access import reader
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope

pages = Pages()


@pages.show("/a/{athlete}", reader(Scope.TRAINING))
def this_week(request: Request, athlete: str) -> Response:
    return _page(request, athlete, None)


@pages.show("/a/{athlete}/week/{week}", reader(Scope.TRAINING))
def one_week(request: Request, athlete: str, week: str) -> Response:
    try:
        wanted = Week.parse(week)
    except ValueError as error:
        raise HTTPException(404) from error
    return _page(request, athlete, wanted)


def _page(request: Request, athlete: str, week: Week | None) -> Response:
    viewer = request.state.viewer
    view = store_of(request).weeks.week(athlete, week, viewer.scopes_on(athlete))
    if view is None and week is not None:
        raise HTTPException(404)
    is_owner = viewer.athlete == athlete
    is_current = view is not None and view.is_current
    plan = store_of(request).plans.day(athlete) if is_owner and is_current else None
    return render(request, "week.html.j2", view=view, athlete=athlete, is_owner=is_owner, plan=plan)
