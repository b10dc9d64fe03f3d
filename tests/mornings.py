"""Six o'clock of the first day of each week for two years, in UTC: worked out with a calendar and the zones' rules.

Half hours, both hemispheres, two first days of the week; 2026 has a week 53.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from features.training_log import Athlete

PEOPLE = (
    Athlete("berlin", "Berlin", "Europe/Berlin"),
    Athlete("new-york", "New York", "America/New_York", week_start="sunday"),
    Athlete("auckland", "Auckland", "Pacific/Auckland"),  # summer is in January
    Athlete("kolkata", "Kolkata", "Asia/Kolkata"),  # half an hour, and no summer time
    Athlete("honolulu", "Honolulu", "Pacific/Honolulu", week_start="sunday"),  # ten hours behind, all year
    Athlete("lord-howe", "Lord Howe", "Australia/Lord_Howe"),  # summer time is half an hour
)

# Athlete → the day of the first mail and how many come at which time, a week apart, all of it UTC.
MORNINGS_OF_2026 = {
    # summer time from 29 March to 25 October: Mondays 5 January to 23 March, 30 March to 19 October, …
    "berlin": ("2026-01-05", (12, "05:00"), (30, "04:00"), (11, "05:00")),
    # 8 March to 1 November: Sundays 4 January to 1 March, 8 March to 25 October, …
    "new-york": ("2026-01-04", (9, "11:00"), (34, "10:00"), (10, "11:00")),
    # until 5 April, from 27 September: Mondays 5 January to 30 March, 6 April to 21 September, …; Sunday in UTC
    "auckland": ("2026-01-04", (13, "17:00"), (25, "18:00"), (15, "17:00")),
    "kolkata": ("2026-01-05", (53, "00:30")),
    "honolulu": ("2026-01-04", (53, "16:00")),
    # until 5 April, from 4 October: Mondays 5 January to 30 March, 6 April to 28 September, …
    "lord-howe": ("2026-01-04", (13, "19:00"), (26, "19:30"), (14, "19:00")),
}
MORNINGS_OF_2027 = {
    # 28 March to 31 October: Mondays 11 January to 22 March, 29 March to 25 October, 1 November to 3 January
    "berlin": ("2027-01-11", (11, "05:00"), (31, "04:00"), (10, "05:00")),
    # 14 March to 7 November: Sundays 10 January to 7 March, 14 March to 31 October, 7 November to 2 January
    "new-york": ("2027-01-10", (9, "11:00"), (34, "10:00"), (9, "11:00")),
    # until 4 April, from 26 September: Mondays 11 January to 29 March, 5 April to 20 September, …
    "auckland": ("2027-01-10", (12, "17:00"), (25, "18:00"), (15, "17:00")),
    "kolkata": ("2027-01-11", (52, "00:30")),
    "honolulu": ("2027-01-10", (52, "16:00")),
    # until 4 April, from 3 October: Mondays 11 January to 29 March, 5 April to 27 September, …
    "lord-howe": ("2027-01-10", (12, "19:00"), (26, "19:30"), (14, "19:00")),
}
WEEK = timedelta(days=7)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def mornings(first_day: str, *stretches: tuple[int, str]) -> list[datetime]:
    days = (at(first_day) + n * WEEK for n in range(60))
    times = [time for number, time in stretches for _ in range(number)]
    return [at(f"{day:%Y-%m-%d}T{time}") for day, time in zip(days, times, strict=False)]
