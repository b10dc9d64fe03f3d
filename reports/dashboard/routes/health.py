"""Whether the server lives and can read what it shows: for whoever watches over it, without any data."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse

from reports.dashboard.access import ANYONE
from reports.dashboard.pages import Pages
from reports.dashboard.store import Health, store_of

pages = Pages()


@pages.show("/health", ANYONE)
def health(request: Request) -> JSONResponse:
    """503 where the published copy is there and cannot be read (restarting or restoring may help), or where
    something that ``kneewise up`` should have done is late: its log and ``kneewise status`` say why."""
    store = store_of(request)
    found, behind = store.health(), store.behind()
    told: dict[str, object] = {"alive": True, "published": found.value}
    if behind is not None:
        told["behind"] = list(behind)
    return JSONResponse(told, status_code=503 if behind or found is Health.UNREADABLE else 200)
