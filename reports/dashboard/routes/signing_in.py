"""Signing in and out."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import ANYONE, SIGNED_IN
from reports.dashboard.forgery import session_secret
from reports.dashboard.forms import Sent, word
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.sessions import address_of, signed_in, signed_out
from reports.dashboard.site import local_path
from reports.dashboard.store import store_of

pages = Pages()


@pages.show("/login", ANYONE, has_form=True)
def ask(request: Request, next: str | None = None) -> Response:
    path = local_path(next)
    if request.state.viewer is not None:
        return RedirectResponse(path, status_code=303)
    return render(request, "account/login.html.j2", next=path, email="", refusal="")


@pages.take("/login", ANYONE)
def sign_in(request: Request, sent: Sent) -> Response:
    path, email, password = local_path(word(sent, "next")), word(sent, "email"), sent.get("password")
    try:
        token = store_of(request).accounts.sign_in(email, str(password or ""), address_of(request))
    except Refused as error:
        return render(request, "account/login.html.j2", 422, next=path, email=email, refusal=str(error))
    return signed_in(request, token, path)


@pages.take("/logout", SIGNED_IN)
def sign_out(request: Request) -> Response:
    store_of(request).accounts.sign_out(session_secret(request) or "")
    return signed_out(request, "/login")
