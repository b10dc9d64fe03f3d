"""What the admin's page of jobs asks for: nothing about anybody's health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reports.jobs import Job


@dataclass(frozen=True, slots=True)
class JobsNow:
    """``last``: the newest run of each job; ``failures``: the newest that failed; ``outbox``: state → deliveries."""

    now: datetime
    last: tuple[Job, ...]
    failures: tuple[Job, ...]
    outbox: Mapping[str, int]
    published_at: datetime | None


class JobPort(Protocol):
    def jobs(self) -> JobsNow: ...
