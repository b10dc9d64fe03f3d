"""Pages about one's own data: privacy zones, API tokens, taking everything out, deleting it."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from reports.dashboard.access import OWNER
from reports.dashboard.forms import Sent, word
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.sessions import address_of
from reports.dashboard.store import store_of
from reports.dashboard.views import own_data as view

pages = Pages()


@pages.show("/a/{athlete}/privacy", OWNER)
def privacy(request: Request, athlete: str) -> Response:
    return _privacy(request, athlete)


@pages.take("/a/{athlete}/privacy/hide", OWNER)
def hide(request: Request, athlete: str, sent: Sent) -> Response:
    radius = word(sent, "radius_m")
    try:
        store_of(request).own_data.hide(
            athlete, word(sent, "start"), word(sent, "name"), float(radius) if radius.isdecimal() else 0.0
        )
    except Refused as error:
        return _privacy(request, athlete, 422, refusal=str(error))
    return RedirectResponse(f"/a/{athlete}/privacy", status_code=303)


@pages.take("/a/{athlete}/privacy/show", OWNER)
def show_again(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).own_data.show_again(athlete, _number(sent))
    return RedirectResponse(f"/a/{athlete}/privacy", status_code=303)


@pages.show("/a/{athlete}/tokens", OWNER)
def tokens(request: Request, athlete: str) -> Response:
    return _tokens(request, athlete)


@pages.take("/a/{athlete}/tokens", OWNER)
def make_token(request: Request, athlete: str, sent: Sent) -> Response:
    """The token is on the answer's own page, because it cannot be shown again."""
    days = word(sent, "days")
    kind = word(sent, "kind")
    if kind not in ("upload", "read") or days not in dict(view.LASTING):
        raise HTTPException(422, "Choose what the token is for and how long it works.")
    try:
        token = store_of(request).own_data.make_token(
            athlete, "upload" if kind == "upload" else "read", word(sent, "name"), int(days) if days else None
        )
    except Refused as error:
        return _tokens(request, athlete, 422, refusal=str(error))
    return _tokens(request, athlete, token=token)


@pages.take("/a/{athlete}/tokens/revoke", OWNER)
def revoke_token(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).own_data.revoke_token(athlete, _number(sent))
    return RedirectResponse(f"/a/{athlete}/tokens", status_code=303)


@pages.show("/a/{athlete}/export", OWNER)
def export(request: Request, athlete: str) -> Response:
    return render(request, "rights/export.html.j2", athlete=athlete)


@pages.take("/a/{athlete}/export", OWNER)
def download(request: Request, athlete: str) -> Response:
    name = {"Content-Disposition": f'attachment; filename="kneewise-{athlete}.zip"'}
    pieces = store_of(request).own_data.export(athlete)
    return StreamingResponse(pieces, media_type="application/zip", headers=name)


@pages.show("/a/{athlete}/delete", OWNER)
def deletion(request: Request, athlete: str) -> Response:
    return render(request, "rights/delete.html.j2", athlete=athlete, refusal="")


@pages.take("/a/{athlete}/delete", OWNER)
def delete(request: Request, athlete: str, sent: Sent) -> Response:
    """The receipt is on the answer's own page: there is no account to come back to."""
    store, account = store_of(request), request.state.viewer.account
    try:
        store.accounts.prove(account, str(sent.get("password") or ""), address_of(request))
        receipt = store.own_data.delete(athlete)
    except Refused as error:
        return render(request, "rights/delete.html.j2", 422, athlete=athlete, refusal=str(error))
    request.state.viewer, request.state.csrf = None, ""
    return render(request, "rights/deleted.html.j2", receipt=receipt)


def _privacy(request: Request, athlete: str, status: int = 200, refusal: str = "") -> Response:
    told = view.privacy_page(store_of(request).own_data.privacy(athlete))
    return render(request, "rights/privacy.html.j2", status, page=told, refusal=refusal)


def _tokens(request: Request, athlete: str, status: int = 200, **shown: Any) -> Response:
    rows = view.token_rows(*store_of(request).own_data.tokens(athlete))
    more = {"token": "", "refusal": "", **shown, "kinds": view.KINDS, "lasting": view.LASTING}
    return render(request, "rights/tokens.html.j2", status, athlete=athlete, rows=rows, **more)


def _number(sent: Sent) -> int:
    told = word(sent, "number")
    if not told.isdecimal() or len(told) > 15:
        raise HTTPException(422, "That is nothing of yours.")
    return int(told)
