"""The week's exercises, ticked off day by day."""

from __future__ import annotations

from datetime import date

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import OWNER
from reports.dashboard.forms import Sent, word, words
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views.plan_day import PlanDay

pages = Pages()


@pages.show("/a/{athlete}/plan", OWNER)
def plan(request: Request, athlete: str, day: str = "", told: str = "") -> Response:
    plans = store_of(request).plans
    try:
        found = plans.day(athlete, _day(day) if day else None)
    except Refused as error:
        raise HTTPException(404) from error
    return _page(request, athlete, found, told=bool(told))


@pages.take("/a/{athlete}/plan/done", OWNER)
def tell(request: Request, athlete: str, sent: Sent) -> Response:
    plans, day = store_of(request).plans, _day(word(sent, "day"))
    pain = {name: _pain(word(sent, f"pain_{name}")) for name in words(sent, "done")}
    try:
        plans.tell(athlete, day, pain, _pain(word(sent, "next_morning")))
    except Refused as error:
        return _page(request, athlete, plans.day(athlete), 422, refusal=str(error))
    return RedirectResponse(f"/a/{athlete}/plan?day={day}&told=1", status_code=303)


def _page(
    request: Request,
    athlete: str,
    plan: PlanDay | None,
    status: int = 200,
    told: bool = False,
    refusal: str = "",
) -> Response:
    more = {"is_owner": True, "told": told, "refusal": refusal}
    return render(request, "plan.html.j2", status, athlete=athlete, plan=plan, **more)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise HTTPException(422, "That is not a day.") from error


def _pain(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 2):
        raise HTTPException(422, "Pain is told on a scale from 0 to 10.")
    return int(text)
