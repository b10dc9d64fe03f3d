"""What the words mean, for anyone."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from reports.dashboard.access import ANYONE
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.views.glossary import glossary

pages = Pages()


@pages.show("/glossary", ANYONE)
def show_glossary(request: Request) -> Response:
    return render(request, "glossary.html.j2", page=glossary())
