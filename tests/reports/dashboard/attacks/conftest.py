"""A small installation to attack: Ada, who runs, Eve, who runs too, an admin; no recordings, so it is made quickly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from signing_in import Browser, add_account

from features.training_log import Athlete
from pipelines import settings
from pipelines.serving.reach import Reach, reaching
from pipelines.serving.store import ServedStore
from reports.dashboard.app import App, create_app
from reports.dashboard.site import Site


@pytest.fixture
def reach(tmp_path: Path) -> Iterator[Reach]:
    with reaching(settings.load(tmp_path)) as opened:
        for name in ("ada", "eve"):
            opened.logbook.add_athlete(Athlete(name, name.title()))
        yield opened


@pytest.fixture
def app(reach: Reach) -> App:
    return create_app(ServedStore(reach), site=Site())


@pytest.fixture
def ada(reach: Reach, app: App) -> Browser:
    """Ada's browser, signed in."""
    return signed_in(reach, app, "ada")


@pytest.fixture
def eve(reach: Reach, app: App) -> Browser:
    return signed_in(reach, app, "eve")


def signed_in(reach: Reach, app: App, name: str) -> Browser:
    add_account(reach, name, athlete=name)
    browser = Browser(app)
    assert browser.sign_in(f"{name}@example.org").status_code == 303
    return browser
