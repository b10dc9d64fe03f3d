"""Pages of the data: files and what became of them, workouts recorded twice, uploads."""

from __future__ import annotations

from typing import Annotated

from fastapi import HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from reports.dashboard.access import OWNER
from reports.dashboard.bodies import UPLOAD
from reports.dashboard.forms import Sent, word
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views import files as view

pages = Pages()
Page = Annotated[int, Query(ge=1, le=100_000)]


@pages.show("/a/{athlete}/data", OWNER)
def data(request: Request, athlete: str, outcome: str = "", page: Page = 1) -> Response:
    if outcome and outcome not in view.OUTCOMES:
        raise HTTPException(404)
    skip = (page - 1) * view.PER_PAGE
    told = store_of(request).files.quality(athlete, outcome, skip, view.PER_PAGE)
    return render(request, "data/files.html.j2", page=view.data_page(told, outcome, page))


@pages.take("/a/{athlete}/data/decide", OWNER)
def decide(request: Request, athlete: str, sent: Sent) -> Response:
    accept = word(sent, "decision") == "accept"
    store_of(request).files.decide(athlete, word(sent, "content"), accept, word(sent, "starts"))
    return _back(athlete)


@pages.take("/a/{athlete}/data/apart", OWNER)
def apart(request: Request, athlete: str, sent: Sent) -> Response:
    is_apart = word(sent, "apart") == "yes"
    store_of(request).files.keep_apart(athlete, word(sent, "activity"), is_apart)
    return _back(athlete)


@pages.show("/a/{athlete}/upload", OWNER)
def choose(request: Request, athlete: str) -> Response:
    return render(request, "data/upload.html.j2", athlete=athlete, refusal="")


@pages.take("/a/{athlete}/upload", OWNER, largest=UPLOAD)
def upload(request: Request, athlete: str, sent: Sent) -> Response:
    files = [
        (part.filename, part.file)
        for part in sent.getlist("file")
        if isinstance(part, UploadFile) and part.filename
    ]
    try:
        receipt = store_of(request).files.receive(athlete, files)
    except Refused as error:
        return render(request, "data/upload.html.j2", 422, athlete=athlete, refusal=str(error))
    return RedirectResponse(f"/a/{athlete}/upload/{receipt}", status_code=303)


@pages.show("/a/{athlete}/upload/{receipt}", OWNER)
def uploaded(request: Request, athlete: str, receipt: str) -> Response:
    found = store_of(request).files.uploaded(athlete, receipt)
    if found is None:
        raise HTTPException(404)
    return render(request, "data/uploaded.html.j2", page=view.upload_page(athlete, receipt, found))


def _back(athlete: str) -> Response:
    return RedirectResponse(f"/a/{athlete}/data?", status_code=303)
