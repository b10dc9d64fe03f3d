"""Makes the web app: routes, who may have them, what every answer carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import RedirectResponse, Response

from reports.dashboard.access import is_met
from reports.dashboard.pages import Pages, need_of
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.routes import ALL
from reports.dashboard.store import Store, store_of
from reports.dashboard.viewer import Viewer

STATIC = Path(__file__).with_name("static")
SESSION_COOKIE = "kneewise_session"
App = FastAPI  # what a server runs
ViewerOf = Callable[[Request], Viewer | None]


def create_app(store: Store, viewer_of: ViewerOf | None = None, routers: Sequence[Pages] = ALL) -> FastAPI:
    """The app over a store. ``viewer_of`` is for tests: who looks, without signing in.

    Raises LookupError for a route that does not say what it needs.
    """
    app = FastAPI(title="Kneewise", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.store = store
    app.state.viewer_of = viewer_of or _by_session
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for pages in routers:
        for route in pages.routes:
            need_of(cast(APIRoute, route).endpoint)
        app.include_router(pages, dependencies=[Depends(_guard)])
    app.add_exception_handler(StarletteHTTPException, _refusal)
    app.add_exception_handler(Refused, _refused)
    return app


def _by_session(request: Request) -> Viewer | None:
    return store_of(request).viewer(request.cookies.get(SESSION_COOKIE))


def _guard(request: Request) -> None:
    """Every route passes here first: who looks, and whether they may. What one may not see is not there (404)."""
    viewer = request.app.state.viewer_of(request)
    request.state.viewer = viewer
    request.state.csrf = ""
    need = need_of(request.scope["endpoint"])
    if is_met(need, viewer, request.path_params.get("athlete")):
        return
    if viewer is None:
        raise HTTPException(401)
    raise HTTPException(404)


def _refusal(request: Request, error: Exception) -> Response:
    """Errors as pages; who is not signed in is sent to do so, and back again."""
    assert isinstance(error, StarletteHTTPException)
    if not hasattr(request.state, "viewer"):
        request.state.viewer, request.state.csrf = None, ""
    if error.status_code == 401 and request.method == "GET":
        return RedirectResponse(f"/login?next={request.url.path}", status_code=303)
    return render(request, "error.html.j2", error.status_code, code=error.status_code, detail=error.detail)


def _refused(request: Request, error: Exception) -> Response:
    return _refusal(request, StarletteHTTPException(422, str(error)))
