"""Weeks and days around the seams of the calendar: year ends, leap days, clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from training import measured, run

from features.training_log import Week


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2024, 12, 30), "2025-W01"),  # the Monday before new year belongs to the new year's first week
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 2, 29), "2024-W09"),
    ],
)
def test_a_day_is_in_its_iso_week(day: date, week: str) -> None:
    assert str(Week.of(day)) == week
    assert Week.parse(week).first_day <= day <= Week.parse(week).last_day


def test_weeks_follow_each_other_over_the_end_of_a_year_with_53() -> None:
    weeks = [Week(2026, 52).shifted(n) for n in range(3)]
    assert [str(week) for week in weeks] == ["2026-W52", "2026-W53", "2027-W01"]


@pytest.mark.parametrize(
    ("day", "week", "first", "last"),
    [
        (date(2026, 11, 15), "2026-W47", date(2026, 11, 15), date(2026, 11, 21)),  # a Sunday opens its week
        (date(2026, 11, 14), "2026-W46", date(2026, 11, 8), date(2026, 11, 14)),
        (date(2027, 1, 2), "2026-W53", date(2026, 12, 27), date(2027, 1, 2)),
        (date(2027, 1, 3), "2027-W01", date(2027, 1, 3), date(2027, 1, 9)),
    ],
)
def test_a_week_from_sunday_is_called_after_the_iso_week_that_it_shares_most_days_with(
    day: date, week: str, first: date, last: date
) -> None:
    found = Week.of(day, "sunday")
    assert (str(found), found.first_day, found.last_day) == (week, first, last)
    assert Week.parse(week, "sunday") == found
    assert found.days == tuple(first + timedelta(days=n) for n in range(7))
    assert found.shifted(1).first_day == last + timedelta(days=1)


def test_a_week_that_a_year_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="week"):
        Week.parse("2025-W53")


def test_windows_run_through_new_year() -> None:
    activities = [run(date(2026, 12, 28), 10.0), run(date(2027, 1, 2), 12.0)]
    features = measured(activities, date(2027, 1, 3))
    assert features["weekly_distance_m"] == 22_000
    assert features["session_spike_7d"] == 1.2


@pytest.mark.parametrize("changes_on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_of_23_or_25_hours_is_one_day_and_a_window_of_thirty_is_thirty(changes_on: date) -> None:
    """Local days are settled when a file is read; windows count them, not hours."""
    berlin = ZoneInfo("Europe/Berlin")
    first, last = changes_on - timedelta(days=15), changes_on + timedelta(days=15)
    assert (
        datetime(*first.timetuple()[:3], tzinfo=berlin).utcoffset()
        != datetime(*last.timetuple()[:3], tzinfo=berlin).utcoffset()
    )

    def at_seven(day: date) -> float:
        local = datetime(*day.timetuple()[:3], 7, tzinfo=berlin)
        midnight_utc = datetime(*day.timetuple()[:3], tzinfo=UTC)
        return (local - midnight_utc).total_seconds() / 3600

    activities = [run(first, 10.0, hour=at_seven(first)), run(last, 12.0, hour=at_seven(last))]
    assert measured(activities, last)["session_spike_7d"] == 1.2  # thirty days apart: still compared
    later = last + timedelta(days=1)
    activities = [run(first, 10.0, hour=at_seven(first)), run(later, 12.0, hour=at_seven(later))]
    assert measured(activities, later)["session_spike_7d"] is None  # thirty-one
