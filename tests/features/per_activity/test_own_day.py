"""The athlete's own calendar day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from recording_builder import recording, track

from features.per_activity.own_day import OwnDay, own_day_of, zone_of_offset
from features.training_log import ZoneSource

HERE = track([0, 1], north_m=[None, 5])


def sydney(latitude: float, longitude: float) -> str | None:
    assert (round(latitude), round(longitude)) == (59, 18)  # latitude comes first
    return "Australia/Sydney"


def nowhere(latitude: float, longitude: float) -> str | None:
    return None


def test_the_first_position_settles_the_day() -> None:
    # 22:30 UTC on 1 May is 08:30 on 2 May in Sydney
    found = own_day_of(recording(HERE, utc_offset_s=0), "UTC", sydney)
    assert found == OwnDay(date(2026, 5, 2), "Australia/Sydney", ZoneSource.POSITION)


def test_without_a_position_the_watch_does() -> None:
    found = own_day_of(recording(utc_offset_s=7200), "UTC", sydney)
    assert found == OwnDay(date(2026, 5, 2), "Etc/GMT-2", ZoneSource.DEVICE)


def test_without_either_the_profile_does() -> None:
    found = own_day_of(recording(HERE), "Europe/Stockholm", nowhere)
    assert found == OwnDay(date(2026, 5, 2), "Europe/Stockholm", ZoneSource.PROFILE)
    assert own_day_of(recording(), "America/New_York", nowhere).day == date(2026, 5, 1)


@pytest.mark.parametrize("quarters", [-48, -20, -14, 0, 4, 14, 18, 22, 23, 38, 42, 56])
def test_every_offset_in_use_has_a_zone_that_keeps_it(quarters: int) -> None:
    moment, offset = datetime(2026, 1, 15, 12, tzinfo=UTC), timedelta(minutes=15 * quarters)
    zone = zone_of_offset(int(offset.total_seconds()), moment)
    assert zone is not None
    assert moment.astimezone(ZoneInfo(zone)).utcoffset() == offset


def test_an_offset_that_nobody_uses_has_none() -> None:
    assert zone_of_offset(900, datetime(2026, 1, 15, tzinfo=UTC)) is None
