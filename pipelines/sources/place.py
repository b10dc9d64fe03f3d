"""The time zone of a place, from borders that travel with the program: no network."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy


def place_zone(latitude_deg: float, longitude_deg: float) -> str | None:
    """The IANA zone at a position, None where there is none that Python knows.

    At sea that is a plain offset such as "Etc/GMT+3".
    """
    if not (abs(latitude_deg) <= 90 and abs(longitude_deg) <= 180):
        return None
    name = tzfpy.get_tz(longitude_deg, latitude_deg)  # longitude first
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
