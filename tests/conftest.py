"""What every test may ask for: the real corpus, a real PostgreSQL server and a real browser, where they are at hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import golden
import postgres_server
import pytest
from postgres_server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    golden.add_option(parser)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real files; a test that needs it skips, saying so, where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real files is not at ../shared/corpus")
    return CORPUS


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of this session's own; a test that needs it skips, saying so, where none is installed."""
    bin_ = postgres_server.programs()
    if bin_ is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with postgres_server.serving(bin_) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def each_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs the test on both stores of the logbook: homes and processes find the URL where a user would put it."""
    monkeypatch.delenv("KNEEWISE_LOGBOOK_URL", raising=False)
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        monkeypatch.setenv("KNEEWISE_LOGBOOK_URL", server.database())
    return str(request.param)


@pytest.fixture
def logbook_place(each_store: str, tmp_path: Path) -> Path | str:
    """Where a logbook of this test's own is: on both stores."""
    return os.environ.get("KNEEWISE_LOGBOOK_URL") or tmp_path / "logbook.sqlite"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, which CI has to have; elsewhere a test that needs it skips, saying so, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        message = "no Chromium is installed (Debian: apt-get install chromium)"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    from playwright.sync_api import sync_playwright  # slow to import, and few tests need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()
