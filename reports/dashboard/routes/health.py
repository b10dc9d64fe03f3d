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
    """503 where the published copy is there and cannot be read: restarting or restoring may help."""
    found = store_of(request).health()
    return JSONResponse(
        {"alive": True, "published": found.value}, status_code=503 if found is Health.UNREADABLE else 200
    )
