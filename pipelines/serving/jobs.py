"""Answers the admin's page of jobs."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.logbook import jobs
from pipelines.serving.reach import Reach
from reports.dashboard.ports.jobs import JobsNow

FAILURES_SHOWN = 20


class Jobs:
    """Answers ``reports.dashboard.ports.jobs.JobPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def jobs(self) -> JobsNow:
        logbook, published = self._reach.logbook, self._reach.settings.published_path
        at = datetime.fromtimestamp(published.stat().st_mtime, UTC) if published.is_file() else None
        return JobsNow(
            now=self._reach.settings.now(),
            last=jobs.last_of_each(logbook),
            failures=jobs.failures(logbook, FAILURES_SHOWN),
            outbox=jobs.outbox_counts(logbook),
            published_at=at,
        )
