"""The admin's page of jobs."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from reports.dashboard.access import ADMIN
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views.jobs import jobs_page

pages = Pages()


@pages.show("/admin/jobs", ADMIN)
def show_jobs(request: Request) -> Response:
    return render(request, "jobs.html.j2", page=jobs_page(store_of(request).jobs.jobs()))
