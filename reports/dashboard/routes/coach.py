"""A coach's pages: the roster, a comparison, this week's digest. Each shows what was shared, and nothing else."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import COACH
from reports.dashboard.forms import Sent, word
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views.comparison import MOST_ATHLETES, WEEKS_SHOWN, comparison
from reports.dashboard.views.digest import digest
from reports.dashboard.views.roster import roster

pages = Pages()


@pages.show("/coach", COACH)
def show_roster(request: Request, show: str | None = None, level: str | None = None) -> Response:
    coaching = store_of(request).coaching
    found = coaching.standings(request.state.viewer.shared)
    return render(request, "coach_roster.html.j2", page=roster(found, coaching.today(), show, level))


@pages.show("/coach/compare", COACH)
def show_comparison(request: Request, athlete: Annotated[list[str] | None, Query()] = None) -> Response:
    coaching, shared = store_of(request).coaching, request.state.viewer.shared
    chosen = list(dict.fromkeys(athlete or ()))[:MOST_ATHLETES]
    page = comparison(coaching.weeks(shared, chosen, WEEKS_SHOWN) if chosen else ())
    choices = [(s.athlete, s.name) for s in coaching.standings(shared) if s.level is not None]
    choices.sort(key=lambda choice: choice[1].casefold())
    return render(request, "coach_compare.html.j2", page=page, choices=choices, chosen=chosen)


@pages.show("/coach/digest", COACH)
def show_digest(request: Request) -> Response:
    coaching = store_of(request).coaching
    viewer = request.state.viewer
    page = digest(coaching.standings(viewer.shared), coaching.today())
    is_mailed = coaching.is_digest_mailed(viewer.account)
    return render(request, "coach_digest.html.j2", page=page, is_mailed=is_mailed)


@pages.take("/coach/digest/mail", COACH)
def mail_digest(request: Request, sent: Sent) -> Response:
    store_of(request).coaching.mail_digest(request.state.viewer.account, word(sent, "wanted") == "yes")
    return RedirectResponse("/coach/digest", status_code=303)
