"""Keeps what becomes of the duties where others look: failures among the jobs, how all stands in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines import jobs
from pipelines.logbook import jobs as kept
from pipelines.steps import Home
from pipelines.up import standing
from pipelines.up.standing import Standing
from reports.jobs import UP, Outcome

AT_LEAST_EVERY = timedelta(seconds=30)


@dataclass(slots=True)
class Keeper:
    """Raises nothing: the log has told it already, and what failed is often what would be written to."""

    home: Home
    duties: Sequence[str]
    last: Standing | None = None

    def failed(self, duty: str, error: Exception) -> None:
        self._job("failed", f"{duty}: {jobs.reason(error)}")

    def mended(self) -> None:
        self._job("done", None)

    def looked(self, now: datetime, failing: Mapping[str, datetime]) -> None:
        last = self.last
        if last is not None and last.failing == failing and last.at <= now < last.at + AT_LEAST_EVERY:
            return
        with suppress(OSError):
            self.last = Standing(now, self.duties, dict(failing))
            standing.write(self.home.settings.standing_path, self.last)

    def stopped(self) -> None:
        """In order, so that nobody takes it for late."""
        with suppress(OSError):
            self.home.settings.standing_path.unlink(missing_ok=True)

    def _job(self, outcome: Outcome, reason: str | None) -> None:
        with suppress(Exception):
            kept.note(self.home.logbook, UP, self.home.settings.now(), outcome, reason)
