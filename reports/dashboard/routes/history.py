"""The history's page: twelve weeks, a year, or all there is."""

from __future__ import annotations

from fastapi import HTTPException, Request
from fastapi.responses import Response

from reports.dashboard.access import reader
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope

pages = Pages()
SPANS: dict[str, tuple[str, int | None]] = {
    "12w": ("12 weeks", 12),
    "1y": ("1 year", 52),
    "all": ("All", None),
}


@pages.show("/a/{athlete}/history", reader(Scope.TRAINING))
def history(request: Request, athlete: str, span: str = "12w") -> Response:
    if span not in SPANS:
        raise HTTPException(404)
    viewer = request.state.viewer
    view = store_of(request).histories.history(athlete, SPANS[span][1], viewer.scopes_on(athlete))
    spans = [(key, words, key == span) for key, (words, _) in SPANS.items()]
    is_owner = viewer.athlete == athlete
    return render(request, "history.html.j2", view=view, spans=spans, athlete=athlete, is_owner=is_owner)
