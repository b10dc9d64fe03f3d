"""The athlete's own calendar day of a workout, and the time zone that settles it.

unit: date and IANA zone
unknown when: never; the last resort is the zone of the athlete's profile.
source: the zone at the first position, else the watch's own offset from UTC, else the profile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from features.training_log import Recording, ZoneSource

PlaceZone = Callable[[float, float], str | None]

# Offsets that are no whole hour have no fixed IANA zone; these places have them (some part of the year).
_BROKEN_OFFSET_ZONES = (
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Kabul", "Asia/Yangon", "Asia/Tehran", "Australia/Darwin",
    "Australia/Adelaide", "Australia/Eucla", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Marquesas",
    "Pacific/Chatham",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnDay:
    day: date
    zone: str
    source: ZoneSource


def own_day_of(recording: Recording, profile_zone: str, place_zone: PlaceZone) -> OwnDay:
    """The local day on which the recording started. ``place_zone`` takes latitude, longitude."""
    zone, source = _zone_of(recording, profile_zone, place_zone)
    return OwnDay(recording.started_at.astimezone(ZoneInfo(zone)).date(), zone, source)


def _zone_of(recording: Recording, profile_zone: str, place_zone: PlaceZone) -> tuple[str, ZoneSource]:
    track = recording.track
    known = np.flatnonzero(~np.isnan(track.latitude_deg) & ~np.isnan(track.longitude_deg))
    if len(known):
        zone = place_zone(float(track.latitude_deg[known[0]]), float(track.longitude_deg[known[0]]))
        if zone is not None:
            return zone, ZoneSource.POSITION
    if recording.utc_offset_s is not None:
        zone = zone_of_offset(recording.utc_offset_s, recording.started_at)
        if zone is not None:
            return zone, ZoneSource.DEVICE
    return profile_zone, ZoneSource.PROFILE


def zone_of_offset(offset_s: int, moment: datetime) -> str | None:
    """A zone with this offset from UTC at ``moment``: "Etc/GMT-2" for two hours ahead (IANA's
    signs are reversed), a place that has it for broken hours, None if there is none."""
    hours, rest = divmod(offset_s, 3600)
    if rest == 0 and -12 <= hours <= 14:
        return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"
    for zone in _BROKEN_OFFSET_ZONES:
        if moment.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(seconds=offset_s):
            return zone
    return None
