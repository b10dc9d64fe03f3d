"""Gives a browser its session and takes it away."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from reports.dashboard.forgery import session_secret, site_of
from reports.dashboard.store import store_of

LONGEST_S = 30 * 24 * 3600


def signed_in(request: Request, token: str, path: str) -> Response:
    """Go on to a path with a new session. One that the browser had before is over: nobody can have planted it."""
    before = session_secret(request)
    if before is not None:
        store_of(request).accounts.sign_out(before)
    response = RedirectResponse(path, status_code=303)
    site = site_of(request)
    response.set_cookie(
        site.session_cookie,
        token,
        max_age=LONGEST_S,
        httponly=True,
        secure=site.is_secure,
        samesite="lax",
    )
    return response


def signed_out(request: Request, path: str) -> Response:
    """Go on without a session; the browser forgets what it kept of these pages."""
    response = RedirectResponse(path, status_code=303)
    site = site_of(request)
    response.delete_cookie(site.session_cookie, httponly=True, secure=site.is_secure, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def address_of(request: Request) -> str:
    """Where a request comes from; behind a proxy that is trusted, where it says so (setting trusted_proxies)."""
    return request.client.host if request.client else "unknown"
