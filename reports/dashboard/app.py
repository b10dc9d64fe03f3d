"""Makes the web app: routes, who may have them, what every answer carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from reports.dashboard import refused
from reports.dashboard.access import rule_of
from reports.dashboard.forgery import session_secret
from reports.dashboard.pages import Pages
from reports.dashboard.routes import ALL
from reports.dashboard.shell.headers import Headers
from reports.dashboard.shell.hosts import Hosts
from reports.dashboard.shell.request_log import RequestLog
from reports.dashboard.site import Site
from reports.dashboard.store import Store, store_of
from reports.dashboard.viewer import Viewer

STATIC = Path(__file__).with_name("static")
ViewerOf = Callable[[Request], Viewer | None]
REHEARSAL = Site(also=frozenset({"testserver"}))


class App(FastAPI):
    """What a server runs. Its shell lies around everything, errors too, and so every answer has passed it."""

    def build_middleware_stack(self) -> ASGIApp:
        site: Site = self.state.site
        inner = Hosts(super().build_middleware_stack(), site)
        return RequestLog(Headers(inner, site.is_secure))


def create_app(
    store: Store,
    viewer_of: ViewerOf | None = None,
    routers: Sequence[Pages] = ALL,
    site: Site | None = None,
) -> App:
    """The app over a store. ``viewer_of`` is for tests: who looks, without signing in.

    Raises LookupError for a route that does not say what it needs.
    """
    app = App(title="Kneewise", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.store = store
    app.state.is_rehearsal = viewer_of is not None
    app.state.viewer_of = viewer_of or _by_session
    app.state.site = site or (REHEARSAL if viewer_of else Site())
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for pages in routers:
        for route in pages.routes:
            rule_of(cast(APIRoute, route).endpoint)
        app.include_router(pages)
    for kind, answer in refused.ANSWERS.items():
        app.add_exception_handler(kind, answer)
    return app


def _by_session(request: Request) -> Viewer | None:
    return store_of(request).viewer(session_secret(request))
