"""Pages of who sees what: an athlete shares and ends it, a coach accepts and gives back, looks are told."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import COACH_OF, OWNER, SIGNED_IN
from reports.dashboard.forgery import site_of
from reports.dashboard.forms import Sent, word, words
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope
from reports.dashboard.views import sharing as view

pages = Pages()


@pages.show("/a/{athlete}/sharing", OWNER)
def sharing(request: Request, athlete: str, done: str = "") -> Response:
    return _page(request, athlete, done=bool(done))


@pages.take("/a/{athlete}/sharing/link", OWNER)
def make_link(request: Request, athlete: str, sent: Sent) -> Response:
    """The link is on the answer's own page, because it cannot be shown again."""
    try:
        link = store_of(request).sharing.make_link(athlete, _scopes(sent), _day(word(sent, "last_day")))
    except Refused as error:
        return _page(request, athlete, 422, refusal=str(error))
    return _page(request, athlete, link=f"{site_of(request).address(request.headers['host'])}{link}")


@pages.take("/a/{athlete}/sharing/link/back", OWNER)
def take_link_back(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).sharing.take_link_back(athlete, _number(sent))
    return _back(athlete)


@pages.take("/a/{athlete}/sharing/change", OWNER)
def change(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).sharing.change(athlete, _number(sent), _scopes(sent), request.state.viewer)
    return _back(athlete)


@pages.take("/a/{athlete}/sharing/end", OWNER)
def end(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).sharing.revoke(athlete, _number(sent), request.state.viewer)
    return _back(athlete)


@pages.show("/a/{athlete}/access-log", OWNER)
def access_log(request: Request, athlete: str) -> Response:
    days = view.look_days(*store_of(request).sharing.looks(athlete))
    return render(request, "rights/access_log.html.j2", athlete=athlete, days=days)


@pages.take("/a/{athlete}/give-back", COACH_OF)
def give_back(request: Request, athlete: str) -> Response:
    store_of(request).sharing.leave(athlete, request.state.viewer)
    return RedirectResponse("/coach", status_code=303)


@pages.show("/share/{code}", SIGNED_IN)
def offered(request: Request, code: str) -> Response:
    return _offer(request, code)


@pages.take("/share/{code}", SIGNED_IN)
def accept(request: Request, code: str) -> Response:
    if not request.state.viewer.is_coach:
        return _offer(request, code, 422)
    try:
        athlete = store_of(request).sharing.accept(code, request.state.viewer)
    except Refused as error:
        return _offer(request, code, 422, refusal=str(error))
    return RedirectResponse(f"/coach?new={athlete}", status_code=303)


def _page(request: Request, athlete: str, status: int = 200, **shown: Any) -> Response:
    told = view.sharing_page(store_of(request).sharing.sharing(athlete))
    more = {"done": False, "link": "", "refusal": "", **shown}
    return render(request, "rights/sharing.html.j2", status, page=told, **more)


def _offer(request: Request, code: str, status: int = 200, refusal: str = "") -> Response:
    found = store_of(request).sharing.offer(code)
    told = None if found is None else view.offer_page(found)
    gone = 404 if found is None and status == 200 else status
    return render(request, "rights/offer.html.j2", gone, offer=told, code=code, refusal=refusal)


def _back(athlete: str) -> Response:
    return RedirectResponse(f"/a/{athlete}/sharing?done=yes", status_code=303)


def _scopes(sent: Sent) -> list[Scope]:
    known = set(Scope)
    return [Scope(value) for value in words(sent, "scope") if value in known]


def _number(sent: Sent) -> int:
    told = word(sent, "number")
    if not told.isdecimal() or len(told) > 15:
        raise HTTPException(422, "That is nobody with whom you share.")
    return int(told)


def _day(text: str) -> date | None:
    """Raises Refused for what is no day."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("The last day is a date like 2027-03-31, or empty.") from None
