"""Quiet hours, by the clock on the athlete's own wall: summer time moves them along."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pipelines.logbook.telling import QuietHours


def is_quiet(now: datetime, zone: str, hours: QuietHours) -> bool:
    """Whether the athlete's clock now stands within the quiet hours; equal ends are none."""
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    if hours.from_minute <= hours.to_minute:
        return hours.from_minute <= minute < hours.to_minute
    return minute >= hours.from_minute or minute < hours.to_minute
