"""What the answers to pages are made from: settings, logbook, published copy, and what is kept between requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipelines.logbook.store import Logbook
from pipelines.serving.kept import Kept
from pipelines.settings import Settings
from pipelines.steps import Home, open_home
from pipelines.warehouse.published import Published


@dataclass(frozen=True, slots=True)
class Reach:
    """Given to every group of answers (``pipelines/serving/<group>.py``). Read the published copy with
    ``with reach.published.reading() as db``: it is open already. ``wake`` asks the pipeline to bring everything up
    to date soon, and never waits for it."""

    home: Home
    published: Published
    wake: Callable[[], None] = lambda: None
    kept: Kept = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kept", Kept(self.state))

    @property
    def settings(self) -> Settings:
        return self.home.settings

    @property
    def logbook(self) -> Logbook:
        return self.home.logbook

    def state(self) -> str:
        """Changes with the published copy, with anything told to the logbook, and by itself every hour,
        because pages say how long ago things were."""
        return f"{self.published.identity()} {self.logbook.change()} {self.settings.now():%Y%m%d%H}"


@contextmanager
def reaching(settings: Settings, wake: Callable[[], None] = lambda: None) -> Iterator[Reach]:
    """Open a home folder for as long as it is served."""
    with open_home(settings) as home:
        published = Published(settings.published_path)
        try:
            yield Reach(home, published, wake)
        finally:
            published.close()
