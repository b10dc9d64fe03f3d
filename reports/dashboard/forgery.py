"""No other site acts for whoever is signed in: each form carries a token that only its own page can know.

The token is an HMAC under a secret cookie: of the session, or before there is one, of the browser that got the
form. What names its deed itself (signed links, requests with an API token) needs none.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from fastapi import HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from reports.dashboard.site import Site

FIELD, HEADER = "csrf", "x-csrf"
MOST_FILES, MOST_FIELDS = 2_000, 1_000
_FORM_COOKIE = re.compile(r"[\w-]{43}")
FORM_COOKIE_S = 24 * 3600


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def token_for(secret: str) -> str:
    return hmac.new(secret.encode("utf-8", "replace"), b"kneewise form", hashlib.sha256).hexdigest()


def session_secret(request: Request) -> str | None:
    return request.cookies.get(site_of(request).session_cookie)


def form_secret(request: Request) -> str | None:
    """Of the browser that got a form before it was signed in."""
    found = request.cookies.get(site_of(request).form_cookie, "")
    return found if _FORM_COOKIE.fullmatch(found) else None


def give_form_secret(request: Request) -> str:
    """The browser's own, or a new one that the answer will carry."""
    secret = form_secret(request)
    if secret is None:
        secret = request.state.new_form_secret = secrets.token_urlsafe(32)
    return secret


def keep_form_secret(request: Request, response: Response) -> None:
    secret = getattr(request.state, "new_form_secret", None)
    if secret is not None:
        site = site_of(request)
        response.set_cookie(
            site.form_cookie,
            secret,
            max_age=FORM_COOKIE_S,
            httponly=True,
            secure=site.is_secure,
            samesite="lax",
        )


async def check(request: Request, secret: str | None) -> None:
    """Refuses (403) what another site may have sent. Reads the form, if there is one."""
    if not site_of(request).is_own(request.headers):
        raise HTTPException(403, "This was sent from another site. Open the page here and try again.")
    given = request.headers.get(HEADER) or await _in_form(request)
    if secret is None or given is None or not hmac.compare_digest(given.encode(), token_for(secret).encode()):
        raise HTTPException(
            403, "This page was open for too long, or you signed in anew since. Load it again and repeat it."
        )


async def _in_form(request: Request) -> str | None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return None
    form: FormData = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
    given = form.get(FIELD)
    return given if isinstance(given, str) else None
