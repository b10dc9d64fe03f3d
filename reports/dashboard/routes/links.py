"""Behind the signed links of messages: looking only asks; pressing the button, or a mail program's, does it."""

from __future__ import annotations

from fastapi import HTTPException, Request
from fastapi.responses import Response

from reports.dashboard.access import ANYONE
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of

pages = Pages()


@pages.show("/links/{token}", ANYONE)
def ask(request: Request, token: str) -> Response:
    try:
        question = store_of(request).links.question(token)
    except Refused as error:
        raise HTTPException(410, str(error)) from error
    return render(request, "link.html.j2", words=question, asks=True)


@pages.take("/links/{token}", ANYONE, is_signed=True)
def do(request: Request, token: str) -> Response:
    try:
        done = store_of(request).links.do(token)
    except Refused as error:
        raise HTTPException(410, str(error)) from error
    return render(request, "link.html.j2", words=done, asks=False)
