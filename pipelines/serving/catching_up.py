"""One round of the pipeline for the web pages: ``python -m pipelines.serving.catching_up HOME``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import settings, steps
from pipelines.errors import KneewiseError
from pipelines.intake import Tick
from pipelines.serving.uploads import uploads_of
from pipelines.settings import Settings
from pipelines.steps import open_home


def catch_up(config: Settings) -> None:
    """Read what was uploaded, bring all athletes up to date, publish, and send what is due."""
    with open_home(config) as home:
        athletes = home.logbook.athletes()
        folders = {athlete.id: uploads_of(config, athlete.id) for athlete in athletes}
        sources = {athlete: [folder] if folder.is_dir() else [] for athlete, folder in folders.items()}
        if sources:
            steps.sync(home, sources, _quietly)


@contextmanager
def _quietly(_what: str) -> Iterator[Tick]:
    yield lambda *_: None


def main() -> None:
    try:
        catch_up(settings.load(Path(sys.argv[1])))
    except KneewiseError as error:
        sys.exit(f"kneewise: {error}")


if __name__ == "__main__":
    main()
