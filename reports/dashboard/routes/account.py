"""One's own account: password, and the browsers that are signed in."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from reports.dashboard.access import SIGNED_IN
from reports.dashboard.forgery import session_secret
from reports.dashboard.forms import Sent
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.sessions import address_of, signed_in, signed_out
from reports.dashboard.store import store_of

pages = Pages()


@pages.show("/account", SIGNED_IN)
def own(request: Request, done: str = "") -> Response:
    return _page(request, done="Your password is changed. Other browsers were signed out." if done else "")


@pages.take("/account/password", SIGNED_IN)
def change_password(request: Request, sent: Sent) -> Response:
    old, new = str(sent.get("old") or ""), str(sent.get("new") or "")
    try:
        token = store_of(request).accounts.change_password(
            request.state.viewer.account, old, new, address_of(request)
        )
    except Refused as error:
        return _page(request, status=422, refusal=str(error))
    return signed_in(request, token, "/account?done=yes")


@pages.take("/account/sign-out-everywhere", SIGNED_IN)
def sign_out_everywhere(request: Request) -> Response:
    store_of(request).accounts.sign_out_everywhere(request.state.viewer.account)
    return signed_out(request, "/login")


def _page(request: Request, **shown: Any) -> Response:
    accounts, viewer = store_of(request).accounts, request.state.viewer
    return render(
        request,
        "account/own.html.j2",
        email=accounts.email(viewer.account),
        sessions=accounts.sessions(viewer.account, session_secret(request)),
        **{"refusal": "", "done": "", **shown},
    )
