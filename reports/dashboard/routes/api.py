"""For programs: send files with an upload token, read one's own weeks, runs and shoes with a read token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile

from reports.dashboard.access import ANYONE, by_token
from reports.dashboard.bodies import UPLOAD
from reports.dashboard.forgery import site_of
from reports.dashboard.forms import Sent
from reports.dashboard.pages import Pages
from reports.dashboard.ports.summaries import RunFacts, ShoeFacts, WeekFacts
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views import api_docs

pages = Pages()
FILES = {
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": api_docs.FILES_SENT}}}
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """Ask ``url`` what became of each file."""

    receipt: str
    url: str


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """``outcome`` is null while the file waits to be read."""

    name: str
    outcome: str | None
    reason: str
    activities: tuple[str, ...]


@pages.take(
    "/api/upload",
    by_token("upload"),
    largest=UPLOAD,
    status_code=202,
    response_model=Receipt,
    openapi_extra=FILES,
    summary="Send workout files (FIT, GPX, TCX) or archives of them",
)
def upload(request: Request, sent: Sent) -> Receipt:
    """They are kept as they are and read soon; the same workout counts once, however often it is sent."""
    files = [
        (part.filename, part.file)
        for _, part in sent.multi_items()
        if isinstance(part, UploadFile) and part.filename
    ]
    receipt = store_of(request).files.receive(request.state.athlete, files)
    return Receipt(receipt, f"/api/uploads/{receipt}")


@pages.show(
    "/api/uploads/{receipt}",
    by_token("upload"),
    response_model=list[FileOutcome],
    summary="What became of each file of an upload",
)
def uploaded(request: Request, receipt: str) -> list[FileOutcome]:
    found = store_of(request).files.uploaded(request.state.athlete, receipt)
    if found is None:
        raise HTTPException(404)
    return [FileOutcome(f.name, f.outcome, f.reason, tuple(f.activities)) for f in found]


@pages.show(
    "/api/athletes/{athlete}/week",
    by_token("read"),
    response_model=WeekFacts,
    summary="One week: level, reasons that add up, runs",
)
def week(request: Request, athlete: str, week: str | None = None) -> WeekFacts:
    """``week`` is like ``2026-W46``; without it, the week under way."""
    found = store_of(request).summaries.week(athlete, week)
    if found is None:
        raise HTTPException(404)
    return found


@pages.show(
    "/api/athletes/{athlete}/runs",
    by_token("read"),
    response_model=list[RunFacts],
    summary="Workouts from a first day to a last one",
)
def runs(
    request: Request, athlete: str, first: date | None = None, last: date | None = None
) -> tuple[RunFacts, ...]:
    """Both days are inclusive; without them, the last 28 days."""
    return store_of(request).summaries.runs(athlete, first, last)


@pages.show(
    "/api/athletes/{athlete}/shoes",
    by_token("read"),
    response_model=list[ShoeFacts],
    summary="Each pair of shoes as it stands today",
)
def shoes(request: Request, athlete: str) -> tuple[ShoeFacts, ...]:
    return store_of(request).summaries.shoes(athlete)


@pages.show("/api/openapi.json", ANYONE, include_in_schema=False)
def description(request: Request) -> Response:
    return JSONResponse(_described(request))


@pages.show("/api/docs", ANYONE, include_in_schema=False)
def docs(request: Request) -> Response:
    base = site_of(request).address(request.headers["host"])
    return render(request, "api_docs.html.j2", page=api_docs.page(_described(request), base))


def _described(request: Request) -> dict[str, Any]:
    return api_docs.with_tokens(request.app.openapi())
