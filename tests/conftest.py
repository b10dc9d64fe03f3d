"""What every test may ask for: the real corpus, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import golden
import pytest

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
