"""What ran by itself, and how that is told to whoever looks after the installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from reports import wording

Outcome = Literal["running", "done", "failed", "stopped"]
SYNC, ASSESS, PUBLISH, REPORTS, SEND, UP = "sync", "assess", "publish", "reports", "send", "up"
NAMES = {
    SYNC: "Read new files",
    ASSESS: "Assess everyone",
    PUBLISH: "Publish to the pages",
    REPORTS: "Write weekly reports",
    SEND: "Send messages",
    UP: "Keep going by itself",
}
COUNTS = {
    "athletes": "athlete",
    "files": "file",
    "imported": "imported file",
    "rejected": "file not read",
    "alerts": "alert",
    "verdicts": "verdict",
    "reports": "report",
    "sent": "message sent",
    "failed": "message failed",
    "later": "message to try again",
}
PLURALS = {
    "rejected": "files not read",
    "sent": "messages sent",
    "failed": "messages failed",
    "later": "messages to try again",
}
LONGEST_RUN = timedelta(hours=12)  # what is said to run for longer was killed


@dataclass(frozen=True, slots=True)
class Job:
    """One run. ``counts`` are numbers by a name of ``COUNTS``; ``reason`` says why it failed."""

    name: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    counts: Mapping[str, int]
    reason: str | None


def outcome_words(job: Job, now: datetime) -> str:
    if job.outcome == "running":
        return "runs now" if now - job.started_at < LONGEST_RUN else "was killed before it ended"
    return {"done": "done", "failed": "failed", "stopped": "was stopped"}[job.outcome]


def counts_words(job: Job) -> str:
    """``12 files, 3 alerts``; what is none is left out."""
    told = [
        wording.count(number, COUNTS[name], PLURALS.get(name))
        for name, number in job.counts.items()
        if number
    ]
    return ", ".join(told)


def summary(job: Job, now: datetime) -> str:
    """``Read new files: done, 5 minutes ago (12 files).``"""
    counts = counts_words(job)
    did = f" ({counts})" if counts else ""
    why = f" {job.reason}" if job.reason else ""
    return f"{NAMES[job.name]}: {outcome_words(job, now)}, {ago(job.started_at, now)}{did}.{why}"


def took(job: Job) -> str:
    if job.ended_at is None:
        return ""
    seconds = (job.ended_at - job.started_at).total_seconds()
    return f"{seconds:.1f} s" if seconds < 60 else wording.duration(seconds)


def ago(then: datetime, now: datetime) -> str:
    """``just now``, ``5 minutes ago``, ``3 hours ago``, ``2 days ago``."""
    minutes = round((now - then).total_seconds() / 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{wording.count(minutes, 'minute')} ago"
    if minutes < 48 * 60:
        return f"{wording.count(round(minutes / 60), 'hour')} ago"
    return f"{wording.count(round(minutes / 1440), 'day')} ago"
