"""All groups of pages, each in a file of its own that exports ``pages``."""

from __future__ import annotations

from reports.dashboard.pages import Pages
from reports.dashboard.routes import coach, front, health, jobs, knee, notes, shoes

ALL: tuple[Pages, ...] = (
    front.pages,
    health.pages,
    knee.pages,
    shoes.pages,
    coach.pages,
    notes.pages,
    jobs.pages,
)
