"""What tests of pages stand on: the sample athletes, really synced, behind the real store and app.

Take ``client_as`` to look at pages as somebody (``client_as(MARA).get("/a/mara")``), ``reach`` to tell the
logbook something or to read the published copy; both are of a home folder that belongs to the one test.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sample_home import sample_home as sample_home
from viewers import ClientAs

from pipelines import settings
from pipelines.serving.reach import Reach, reaching
from pipelines.serving.store import ServedStore
from reports.dashboard.app import create_app
from reports.dashboard.viewer import Viewer


@pytest.fixture
def home_folder(sample_home: Path, tmp_path: Path) -> Path:
    """The test's own copy of it."""
    folder = tmp_path / "home"
    shutil.copytree(sample_home, folder)
    return folder


@pytest.fixture
def reach(home_folder: Path) -> Iterator[Reach]:
    with reaching(settings.load(home_folder)) as opened:
        yield opened


@pytest.fixture
def store(reach: Reach) -> ServedStore:
    return ServedStore(reach)


@pytest.fixture
def client_as(store: ServedStore) -> ClientAs:
    """A browser in which somebody is signed in (None: nobody), on the real app and store."""

    def made(viewer: Viewer | None) -> TestClient:
        return TestClient(create_app(store, lambda _: viewer))

    return made
