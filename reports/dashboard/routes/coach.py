"""A coach's pages: the roster, a comparison, this week's digest. Each shows what was shared, and nothing else."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from reports.dashboard.access import COACH
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views.roster import roster

pages = Pages()


@pages.show("/coach", COACH)
def show_roster(request: Request, show: str | None = None, level: str | None = None) -> Response:
    coaching = store_of(request).coaching
    found = coaching.standings(request.state.viewer.shared)
    return render(request, "coach_roster.html.j2", page=roster(found, coaching.today(), show, level))
