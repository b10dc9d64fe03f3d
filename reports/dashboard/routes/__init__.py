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
    own_data,
    settings,
    sharing,
    shoes,
    signing_in,
    week,
    welcoming,
)

ALL: tuple[Pages, ...] = (
    account.pages,
    admin.pages,
    calibration.pages,
    coach.pages,
    files.pages,
    front.pages,
    glossary.pages,
    health.pages,
    history.pages,
    jobs.pages,
    knee.pages,
    notes.pages,
    own_data.pages,
    settings.pages,
    sharing.pages,
    shoes.pages,
    signing_in.pages,
    week.pages,
    welcoming.pages,
)
