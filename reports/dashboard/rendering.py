"""Fills the pages' templates. Every page is whole without JavaScript, and all that it loads is served from here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
SHARED = TEMPLATES.parent.parent / "templates"  # pieces that the reports are made of too


def render(request: Request, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page for the request's viewer; ``shown`` are finished views, whose words are settled."""
    words = (
        environment()
        .get_template(template)
        .render(viewer=request.state.viewer, csrf=request.state.csrf, path=request.url.path, **shown)
    )
    return HTMLResponse(words, status_code=status)


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["drawn"] = Markup  # this project's own drawings: nothing in them is anybody's words
    return made
