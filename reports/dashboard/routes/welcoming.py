"""Behind the links that let somebody in once: the first admin, invited people, whoever forgot a password."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import Response

from reports.dashboard.access import ANYONE
from reports.dashboard.forms import Sent, word
from reports.dashboard.pages import Pages
from reports.dashboard.ports.accounts import Filled, Invited
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.sessions import signed_in
from reports.dashboard.store import store_of
from reports.dashboard.views import welcome

pages = Pages()


@pages.show("/setup/{token}", ANYONE, has_form=True)
def ask_first_admin(request: Request, token: str) -> Response:
    return _form(request, _open(request, token, {"setup"}), welcome.EMPTY)


@pages.take("/setup/{token}", ANYONE)
def make_first_admin(request: Request, token: str, sent: Sent) -> Response:
    return _accept(request, token, _open(request, token, {"setup"}), sent)


@pages.show("/invite/{token}", ANYONE, has_form=True)
def ask_invited(request: Request, token: str) -> Response:
    return _form(request, _open(request, token, {"athlete", "coach", "password"}), welcome.EMPTY)


@pages.take("/invite/{token}", ANYONE)
def let_in(request: Request, token: str, sent: Sent) -> Response:
    return _accept(request, token, _open(request, token, {"athlete", "coach", "password"}), sent)


def _open(request: Request, token: str, roles: set[str]) -> Invited:
    found = store_of(request).accounts.invited(token)
    if found is None or found.role not in roles:
        raise HTTPException(410, "This link was used already, or it is too old. Ask for a new one.")
    return found


def _form(request: Request, link: Invited, filled: Filled, **shown: Any) -> Response:
    athletes = store_of(request).accounts.athletes_without_account() if link.role == "setup" else ()
    page = welcome.page(link, filled, athletes)
    return render(request, "account/welcome.html.j2", page=page, **{"refusal": "", **shown})


def _accept(request: Request, token: str, link: Invited, sent: Sent) -> Response:
    filled = Filled(
        name=word(sent, "name"),
        email=word(sent, "email"),
        password=str(sent.get("password") or ""),
        zone=word(sent, "zone") or "UTC",
        athlete=word(sent, "athlete") or "none",
    )
    try:
        session = store_of(request).accounts.accept(token, filled)
    except Refused as error:
        return _form(request, link, filled, refusal=str(error), status=422)
    return signed_in(request, session, "/")
