"""What tests of pages stand on: the sample athletes, really synced, behind the real store and app.

Take ``client_as`` to look at pages as somebody (``client_as(MARA).get("/a/mara")``), ``reach`` to tell the
logbook something or to read the published copy; both are of a home folder that belongs to the one test.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipelines import demo, settings, steps
from pipelines.intake import Tick
from pipelines.serving.reach import Reach, reaching
from pipelines.serving.store import ServedStore
from reports.dashboard.app import create_app
from reports.dashboard.viewer import Viewer

SAMPLES = Path(__file__).resolve().parents[3] / "data_samples"
ClientAs = Callable[[Viewer | None], TestClient]


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mara and Jonas with their files, shoes, injuries and check-ins, on Monday 2026-11-16. Not to be written to."""
    folder = tmp_path_factory.mktemp("sample-home")
    (folder / settings.CONFIG_NAME).write_text(f"today = {demo.DEMO_TODAY}\n", encoding="utf-8")
    people = tomllib.loads((SAMPLES / "people.toml").read_text(encoding="utf-8"))
    with steps.open_home(settings.load(folder)) as home:
        demo.tell_logbook(home.logbook, people)
        steps.sync(home, {told["id"]: [SAMPLES / told["id"]] for told in people["athletes"]}, _quietly)
    return folder


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


@contextmanager
def _quietly(_what: str) -> Iterator[Tick]:
    yield lambda *_: None
