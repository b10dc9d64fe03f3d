"""A coach's notes on an athlete, and what of them the athlete reads."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import COACH_OF, OWNER
from reports.dashboard.forms import Number
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views.notes import notes_page

pages = Pages()


@pages.show("/coach/notes/{athlete}", COACH_OF)
def show_notes(request: Request, athlete: str) -> Response:
    notes = store_of(request).notes
    page = notes_page(notes.name_of(athlete), notes.written(request.state.viewer, athlete))
    return render(request, "coach_notes.html.j2", page=page, athlete=athlete)


@pages.take("/coach/notes/{athlete}", COACH_OF)
def write_note(
    request: Request,
    athlete: str,
    text: Annotated[str, Form()] = "",
    shared: Annotated[str, Form()] = "",
) -> Response:
    store_of(request).notes.write(request.state.viewer, athlete, text, is_shared=shared == "yes")
    return RedirectResponse(f"/coach/notes/{athlete}", status_code=303)


@pages.take("/coach/notes/{athlete}/{number}/remove", COACH_OF)
def remove_note(request: Request, athlete: str, number: Number) -> Response:
    store_of(request).notes.remove(request.state.viewer, athlete, number)
    return RedirectResponse(f"/coach/notes/{athlete}", status_code=303)


@pages.show("/a/{athlete}/notes", OWNER)
def show_shared_notes(request: Request, athlete: str) -> Response:
    notes = store_of(request).notes
    page = notes_page(notes.name_of(athlete), notes.shared_with(athlete))
    return render(request, "shared_notes.html.j2", page=page, athlete=athlete)
