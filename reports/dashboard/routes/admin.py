"""Who has an account, and who is invited. An admin sees names and addresses here, and nobody's health."""

from __future__ import annotations

from typing import Any, cast

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import ADMIN
from reports.dashboard.forgery import site_of
from reports.dashboard.forms import Number, Sent, word
from reports.dashboard.pages import Pages
from reports.dashboard.ports.accounts import InvitedAs
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views import admin as view

pages = Pages()


@pages.show("/admin", ADMIN)
def users(request: Request) -> Response:
    return _page(request)


@pages.take("/admin/invitations", ADMIN)
def invite(request: Request, sent: Sent) -> Response:
    role = word(sent, "role")
    if role not in ("athlete", "coach"):
        raise HTTPException(422, "Invite an athlete or a coach.")
    return _with_link(request, cast(InvitedAs, role), word(sent, "email"), word(sent, "athlete"))


@pages.take("/admin/invitations/{number}/revoke", ADMIN)
def revoke(request: Request, number: Number) -> Response:
    store_of(request).accounts.revoke(number)
    return RedirectResponse("/admin", status_code=303)


@pages.take("/admin/users/{account}/password-link", ADMIN)
def password_link(request: Request, account: Number) -> Response:
    return _page(request, link=_sendable(request, store_of(request).accounts.password_link(account)))


@pages.take("/admin/users/{account}/roles", ADMIN)
def change_roles(request: Request, account: Number, sent: Sent) -> Response:
    is_admin, is_coach = word(sent, "admin") == "yes", word(sent, "coach") == "yes"
    store_of(request).accounts.set_roles(account, is_admin=is_admin, is_coach=is_coach)
    return RedirectResponse("/admin", status_code=303)


@pages.take("/admin/users/{account}/disable", ADMIN)
def disable(request: Request, account: Number) -> Response:
    store_of(request).accounts.set_enabled(account, False)
    return RedirectResponse("/admin", status_code=303)


@pages.take("/admin/users/{account}/enable", ADMIN)
def enable(request: Request, account: Number) -> Response:
    store_of(request).accounts.set_enabled(account, True)
    return RedirectResponse("/admin", status_code=303)


def _with_link(request: Request, role: InvitedAs, email: str, athlete: str) -> Response:
    """The link is shown once, in the answer itself: only its hash is kept."""
    try:
        path = store_of(request).accounts.invite(role, email, athlete)
    except Refused as error:
        return _page(request, status=422, refusal=str(error))
    return _page(request, link=_sendable(request, path))


def _sendable(request: Request, path: str) -> str:
    return f"{site_of(request).address(request.headers['host'])}{path}"


def _page(request: Request, **shown: Any) -> Response:
    accounts = store_of(request).accounts
    return render(
        request,
        "account/admin.html.j2",
        users=view.users(accounts.users(), request.state.viewer.account),
        invitations=view.invitations(accounts.open_invitations()),
        athletes=accounts.athletes_without_account(),
        **{"refusal": "", "link": "", **shown},
    )
