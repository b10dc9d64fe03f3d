"""All groups of pages, each in a file of its own that exports ``pages``."""

from __future__ import annotations

from reports.dashboard.pages import Pages
from reports.dashboard.routes import (
    account,
    admin,
    calibration,
    coach,
    files,
    front,
    glossary,
    health,
    history,
    jobs,
    knee,
    notes,
    settings,
    shoes,
    signing_in,
    week,
    welcoming,
)

ALL: tuple[Pages, ...] = (
    account.pages,
    admin.pages,
    coach.pages,
    files.pages,
    front.pages,
    health.pages,
    files.pages,
    knee.pages,
    history.pages,
    settings.pages,
    shoes.pages,
    coach.pages,
    notes.pages,
    jobs.pages,
    knee.pages,
    notes.pages,
    settings.pages,
    shoes.pages,
    signing_in.pages,
    welcoming.pages,
    glossary.pages,
    calibration.pages,
    week.pages,
)
