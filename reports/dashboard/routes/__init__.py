"""All groups of pages, each in a file of its own that exports ``pages``."""

from __future__ import annotations

from reports.dashboard.pages import Pages
from reports.dashboard.routes import (
    account,
    admin,
    api,
    calibration,
    coach,
    files,
    front,
    glossary,
    health,
    history,
    jobs,
    knee,
    links,
    notes,
    own_data,
    runs,
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
    api.pages,
    calibration.pages,
    coach.pages,
    files.pages,
    front.pages,
    glossary.pages,
    health.pages,
    history.pages,
    jobs.pages,
    knee.pages,
    links.pages,
    notes.pages,
    own_data.pages,
    runs.pages,
    settings.pages,
    sharing.pages,
    shoes.pages,
    signing_in.pages,
    week.pages,
    welcoming.pages,
)
