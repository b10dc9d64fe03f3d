"""What every test may ask for: the real corpus and a real PostgreSQL server, where they are at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import golden
import postgres_server
import pytest
from postgres_server import Server

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus"


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
