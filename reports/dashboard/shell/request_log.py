"""One line of log for each request: which route, how it ended, how long it took. Nobody's name, address or data.

A path names an athlete and a query may say anything, so the route's template stands for both.
"""

from __future__ import annotations

import logging
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("kneewise.web")


class RequestLog:
    """Gives each request an id, which the answer carries, so that somebody can name it who asks for help."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        number = secrets.token_hex(6)
        scope.setdefault("state", {})["request_id"] = number

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            told = {
                "request": number,
                "method": scope["method"] if scope["method"] in METHODS else "other",
                "route": route_of(scope),
                "status": status,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            }
            LOG.info("request", extra={"told": told})


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route_of(scope: Scope) -> str:
    """The template that the path fits; ``-`` for none."""
    if scope["path"].startswith("/static/"):
        return "/static"
    return str(getattr(scope.get("route"), "path", "-"))
