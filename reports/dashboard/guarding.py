"""The one door of every route: how much may be sent, who asks, whether they may, whether they meant it.

All of it is settled before a body is read, but for the token of a form, which is in the body.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from reports.dashboard import bodies, forgery
from reports.dashboard.access import Rule, is_met, rule_of
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Viewer

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
LOOKS = frozenset({"GET", "HEAD"})


class Guarded(APIRoute):
    """A route that asks its rule first."""

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            rule = rule_of(self.endpoint)
            sent = Request(request.scope, bodies.limited(request, rule.largest))
            await run_in_threadpool(_admit, sent, rule)
            if request.method not in LOOKS and rule.needs_form_token:
                await _check_form(sent)
            response = await answer(sent)
            forgery.keep_form_secret(sent, response)
            return response

        return guarded


def identify(request: Request) -> None:
    """Who looks, for the guard and for pages that only say that there is nothing."""
    request.state.viewer = request.app.state.viewer_of(request)
    secret = forgery.session_secret(request)
    is_known = request.state.viewer is not None and secret is not None
    request.state.csrf = forgery.token_for(secret) if is_known and secret is not None else ""


def _admit(request: Request, rule: Rule) -> None:
    """Refuses who may not: what one may not see is not there (404)."""
    if rule.need.token is not None:
        _admit_token(request, rule.need.token)
        return
    identify(request)
    viewer = request.state.viewer
    if not is_met(rule.need, viewer, request.path_params.get("athlete")):
        raise HTTPException(401 if viewer is None else 404)
    _note_look(request, rule, viewer)
    if viewer is None and rule.has_form:
        request.state.csrf = forgery.token_for(forgery.give_form_secret(request))


def _note_look(request: Request, rule: Rule, viewer: Viewer | None) -> None:
    """Athletes see which coach looked at what of them."""
    if viewer is None or not viewer.shared or request.method not in LOOKS:
        return
    told = request.path_params.get("athlete")
    seen = (told,) if told else tuple(viewer.shared) if rule.need.who == "coach" else ()
    others = [athlete for athlete in seen if athlete in viewer.shared and athlete != viewer.athlete]
    if others:
        page = request.scope["route"].path.removeprefix("/a/{athlete}")
        store_of(request).sharing.looked(viewer, others, page)


def _admit_token(request: Request, kind: str) -> None:
    """A token opens what is its athlete's and of its kind; a browser's session opens nothing here."""
    request.state.viewer, request.state.csrf = None, ""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    holder = store_of(request).token_holder(token.strip()) if scheme.lower() == "bearer" else None
    if holder is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    if holder.kind != kind or request.path_params.get("athlete", holder.athlete) != holder.athlete:
        raise HTTPException(404)
    request.state.athlete = holder.athlete


async def _check_form(request: Request) -> None:
    if request.app.state.is_rehearsal:  # a test said who looks; there is no cookie that others could ride on
        return
    secret = forgery.session_secret(request) if request.state.viewer else forgery.form_secret(request)
    await forgery.check(request, secret)
