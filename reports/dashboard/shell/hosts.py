"""Answers only for the names of this site, so that no other name can stand for it in links or in a browser."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from reports.dashboard.site import Site

REFUSAL = "This server does not go by that name. Its admin sets the name as public_url.\n"


class Hosts:
    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = [value for name, value in scope.get("headers", ()) if name == b"host"]
        if scope["type"] != "http" or (len(told) == 1 and self.site.is_host(Headers(scope=scope)["host"])):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse(REFUSAL, 400)(scope, receive, send)
