"""When a run really started, as its athlete says it, for a file whose clock was never set."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipelines.errors import KneewiseError

FIRST_WATCHES = datetime(1995, 1, 1, tzinfo=UTC)  # no watch recorded positions before


def local_start(text: str | None, zone: str, now: datetime) -> datetime | None:
    """The instant of ``2026-05-04T07:30`` on the athlete's wall. Raises KneewiseError."""
    if text is None:
        return None
    try:
        start = datetime.fromisoformat(text)
    except ValueError as error:
        raise KneewiseError(f"{text!r} is not a local time; it looks like 2026-05-04T07:30.") from error
    start = start if start.tzinfo else start.replace(tzinfo=ZoneInfo(zone))
    if not FIRST_WATCHES <= start <= now:
        raise KneewiseError(f"{text!r} is no time at which that run can have started.")
    return start
