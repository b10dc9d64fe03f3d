"""The way in: to one's own week, or to one's athletes."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import SIGNED_IN
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render

pages = Pages()


@pages.show("/", SIGNED_IN)
def front(request: Request) -> Response:
    viewer = request.state.viewer
    if viewer.athlete is not None:
        return RedirectResponse(f"/a/{viewer.athlete}", status_code=303)
    if viewer.is_coach:
        return RedirectResponse("/coach", status_code=303)
    if viewer.is_admin:
        return RedirectResponse("/admin", status_code=303)
    return render(request, "nothing_yet.html.j2")
