"""A run's page, and its owner's corrections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import OWNER, reader
from reports.dashboard.forms import Sent, word
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope

pages = Pages()
DONE = {"shoe": "shoe", "effort": "effort", "surface": "ground"}


@pages.show("/a/{athlete}/runs/{activity}", reader(Scope.TRAINING))
def run(request: Request, athlete: str, activity: str, colour: str = "", saved: str = "") -> Response:
    viewer = request.state.viewer
    view = store_of(request).runs.run(athlete, activity, viewer, colour or None)
    if view is None:
        raise HTTPException(404)
    is_owner = viewer.athlete == athlete
    return render(
        request, "run.html.j2", view=view, athlete=athlete, is_owner=is_owner, saved=DONE.get(saved)
    )


@pages.take("/a/{athlete}/runs/{activity}/shoe", OWNER)
def correct_shoe(request: Request, athlete: str, activity: str, sent: Sent) -> Response:
    with _theirs():
        store_of(request).runs.correct_shoe(athlete, activity, word(sent, "shoe"))
    return _back(athlete, activity, "shoe")


@pages.take("/a/{athlete}/runs/{activity}/effort", OWNER)
def tell_effort(request: Request, athlete: str, activity: str, sent: Sent) -> Response:
    with _theirs():
        store_of(request).runs.tell_effort(athlete, activity, word(sent, "rpe"), word(sent, "recovery"))
    return _back(athlete, activity, "effort")


@pages.take("/a/{athlete}/runs/{activity}/surface", OWNER)
def tell_surface(request: Request, athlete: str, activity: str, sent: Sent) -> Response:
    with _theirs():
        store_of(request).runs.tell_surface(athlete, activity, word(sent, "surface"))
    return _back(athlete, activity, "surface")


@contextmanager
def _theirs() -> Iterator[None]:
    """What is not this athlete's is not there."""
    try:
        yield
    except LookupError as error:
        raise HTTPException(404) from error


def _back(athlete: str, activity: str, saved: str) -> Response:
    return RedirectResponse(f"/a/{athlete}/runs/{activity}?saved={saved}#{saved}", status_code=303)
