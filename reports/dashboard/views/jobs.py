"""The admin's page of jobs: what ran last and how it went, what waits to be sent, what failed."""

from __future__ import annotations

from dataclasses import dataclass

from reports.dashboard.ports.jobs import JobsNow
from reports.jobs import NAMES, PUBLISH, Job, ago, counts_words, outcome_words, took

STATES = {
    "waiting": "waiting",
    "sending": "being sent, or perhaps sent",
    "sent": "sent",
    "failed": "failed for good",
    "cancelled": "cancelled",
}


@dataclass(frozen=True, slots=True)
class JobRow:
    """``kind`` is a class of notices: done, warn, wrong."""

    name: str
    when: str
    at: str
    outcome: str
    kind: str
    took: str
    counts: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class JobsPage:
    headline: str
    is_well: bool
    last: tuple[JobRow, ...]
    outbox: tuple[tuple[str, int], ...]
    failures: tuple[JobRow, ...]


def jobs_page(found: JobsNow) -> JobsPage:
    in_order = sorted(found.last, key=lambda job: list(NAMES).index(job.name))
    published_at = next(
        (job.ended_at for job in in_order if (job.name, job.outcome) == (PUBLISH, "done")), found.published_at
    )
    broken = [NAMES[job.name] for job in in_order if job.outcome == "failed"]
    if broken:
        headline = f"Failed the last time: {', '.join(broken).lower()}."
    elif published_at is None:
        headline = "Nothing has been published yet, so pages have nothing to show."
    else:
        headline = f"All is well. Pages show what was published {ago(published_at, found.now)}."
    return JobsPage(
        headline=headline,
        is_well=not broken and published_at is not None,
        last=tuple(_row(job, found) for job in in_order),
        outbox=tuple((STATES[state], number) for state, number in found.outbox.items()),
        failures=tuple(_row(job, found) for job in found.failures),
    )


def _row(job: Job, found: JobsNow) -> JobRow:
    outcome = outcome_words(job, found.now)
    kind = {"done": "done", "failed": "wrong", "runs now": "", "was stopped": "warn"}.get(outcome, "warn")
    at = f"{job.started_at:%Y-%m-%d %H:%M} UTC"
    return JobRow(
        NAMES[job.name],
        ago(job.started_at, found.now),
        at,
        outcome,
        kind,
        took(job),
        counts_words(job),
        job.reason,
    )
