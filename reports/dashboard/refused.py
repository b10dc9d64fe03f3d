"""What is answered when something cannot be had: a page for people, a line of JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.responses import Response

from reports.dashboard.guarding import identify
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render

INCOMPLETE = (
    "Something is missing in what was sent, or it does not fit. Go back, look through it and send it again."
)


def _refusal(request: Request, error: Exception) -> Response:
    """Who is not signed in is sent to do so, and back again."""
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        told = {"error": error.detail if error.status_code != 404 else "There is nothing here."}
        return JSONResponse(told, error.status_code, error.headers)
    if error.status_code == 401 and request.method == "GET":
        return RedirectResponse(URL("/login").include_query_params(next=request.url.path), status_code=303)
    return _page(request, error.status_code, error.detail, error.headers)


def _refused(request: Request, error: Exception) -> Response:
    return _refusal(request, HTTPException(422, str(error)))


def _incomplete(request: Request, error: Exception) -> Response:
    return _refusal(request, HTTPException(422, INCOMPLETE))


def _failed(request: Request, error: Exception) -> Response:
    """The log has what went wrong; whoever asked gets its number."""
    return _page(request, 500, f"Something went wrong here. It is noted as {request.state.request_id}.")


def _page(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    if not hasattr(request.state, "viewer"):
        identify(request)
    page = render(request, "error.html.j2", status, code=status, detail=detail)
    page.headers.update(headers or {})
    return page


ANSWERS: dict[type[Exception] | int, Callable[[Request, Exception], Response]] = {
    HTTPException: _refusal,
    Refused: _refused,
    RequestValidationError: _incomplete,
    Exception: _failed,
}
