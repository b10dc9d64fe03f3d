"""The sample athletes in a home folder, really synced: made once for each test process, copied by who writes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines import demo, settings, steps
from pipelines.intake import Tick

SAMPLES = Path(__file__).resolve().parents[1] / "data_samples"


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


@contextmanager
def _quietly(_what: str) -> Iterator[Tick]:
    yield lambda *_: None
