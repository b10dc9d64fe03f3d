"""How numbers are said: the only place for km, miles, min/km, local dates and clock times.

Everything comes in as SI and UTC and leaves as words. Nothing here knows what a number
means; sentences for codes are in ``reports.sentences``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from features.training_log import Week

if TYPE_CHECKING:
    from reports.week_story import WeekTotals

KILOMETRE_M = 1000.0
MILE_M = 1609.344
FOOT_M = 0.3048
DAYS_PER_MONTH = 30.4375
NOT_KNOWN = "not known"

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SMALL_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip

# Bands of the run-spike evidence lie as close as 0.2, so small ratios keep a second decimal.
TWO_DECIMALS_BELOW = 1.35


@dataclass(frozen=True, slots=True)
class Measure:
    """Says lengths, heights and paces in one athlete's units, ``km`` or ``mi``."""

    units: str = "km"

    def __post_init__(self) -> None:
        if self.units not in ("km", "mi"):
            raise ValueError(f"units are 'km' or 'mi', got {self.units!r}")

    @property
    def metres_per_unit(self) -> float:
        return KILOMETRE_M if self.units == "km" else MILE_M

    def distance(self, metres: float | None) -> str:
        """One decimal, as runners say a run: ``21.3 km``."""
        return NOT_KNOWN if metres is None else f"{self.distance_number(metres)} {self.units}"

    def distance_number(self, metres: float) -> str:
        return f"{metres / self.metres_per_unit:,.1f}"

    def careful_distance(self, metres: float) -> str:
        """Rounded down to one decimal: a ceiling must not grow by being printed."""
        tenths = int(metres / self.metres_per_unit * 10 + 1e-6)
        return f"{tenths / 10:,.1f} {self.units}"

    def ample_distance(self, metres: float) -> str:
        """Rounded up to one decimal: a load must not shrink by being printed."""
        tenths = math.ceil(metres / self.metres_per_unit * 10 - 1e-6)
        return f"{tenths / 10:,.1f} {self.units}"

    def whole_distance(self, metres: float) -> str:
        """Without decimals, for the life of a shoe: ``612 km``."""
        return f"{metres / self.metres_per_unit:,.0f} {self.units}"

    def distance_change(self, metres: float) -> str:
        return f"{_signed(metres / self.metres_per_unit, 1)} {self.units}"

    def height(self, metres: float | None) -> str:
        if metres is None:
            return NOT_KNOWN
        return f"{metres:,.0f} m" if self.units == "km" else f"{metres / FOOT_M:,.0f} ft"

    def careful_height(self, metres: float) -> str:
        """Rounded down: a ceiling must not grow by being printed."""
        return f"{int(metres + 1e-6):,} m" if self.units == "km" else f"{int(metres / FOOT_M + 1e-6):,} ft"

    def height_change(self, metres: float) -> str:
        in_feet = self.units == "mi"
        return f"{_signed(metres / FOOT_M if in_feet else metres, 0)} {'ft' if in_feet else 'm'}"

    def pace(self, distance_m: float | None, seconds: float | None) -> str:
        """``5:32 min/km``; not known without both numbers or without any distance."""
        if distance_m is None or seconds is None or distance_m <= 0:
            return NOT_KNOWN
        whole = round(seconds / (distance_m / self.metres_per_unit))
        return f"{whole // 60}:{whole % 60:02d} min/{self.units}"

    def speed_as_pace(self, speed_mps: float) -> str:
        return self.pace(speed_mps, 1.0)

    def quantity(self, value: float, unit: str) -> str:
        """An SI value in the words that fit its unit code; an unknown unit is an error."""
        match unit:
            case "m":
                return self.distance(value)
            case "ratio":
                return ratio(value)
            case "d":
                return count(round(value), "day")
            case "min":
                return count(round(value), "minute")
            case "share":
                return percent(value)
        raise KeyError(f"no wording for the unit {unit!r}")


def ratio(value: float) -> str:
    """``1.5 ×``, or ``1.12 ×`` where a second decimal decides."""
    return f"{value:.2f} ×" if value < TWO_DECIMALS_BELOW else f"{value:.1f} ×"


def factor(value: float) -> str:
    """A multiplier in a product: two decimals, so that the printed factors multiply to the total."""
    return f"× {value:.2f}"


def rate(value: float) -> str:
    """How many of a thousand: one decimal where that tells more than none, ``0.9``, ``12``."""
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def change(value: float) -> str:
    """A signed number with one decimal where it has one: ``+1``, ``−0.5``."""
    return _signed(value, 0 if abs(value - round(value)) < 0.05 else 1)


def percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def percent_change(share: float) -> str:
    """``+38 %``, ``−12 %`` with a true minus sign, ``±0 %``."""
    return f"{_signed(share * 100, 0)} %"


def _signed(value: float, digits: int) -> str:
    text = f"{abs(value):,.{digits}f}"
    if not any(c in "123456789" for c in text):
        return f"±{text}"
    return f"+{text}" if value > 0 else f"−{text}"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """``1 run``, ``4 runs``, ``no runs``."""
    word = singular if number == 1 else plural or f"{singular}s"
    return f"no {word}" if number == 0 else f"{number:,} {word}"


def spelled(number: int) -> str:
    return SMALL_NUMBERS[number] if 0 < number < len(SMALL_NUMBERS) else f"{number:,}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def plain(text: str) -> str:
    """What people wrote, as one line: no line breaks, and nothing that steers a terminal."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def duration(seconds: float | None) -> str:
    """``48 min`` or ``1 h 52 min``."""
    if seconds is None:
        return NOT_KNOWN
    if 0 < seconds < 60:
        return "under 1 min"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


def age(days: int) -> str:
    """Days up to a month, then months to the nearest half: ``4½ months``."""
    if days < DAYS_PER_MONTH:
        return count(days, "day")
    halves = round(days / DAYS_PER_MONTH * 2)
    whole, half = divmod(halves, 2)
    return f"{whole}{'½' if half else ''} {'month' if halves == 2 else 'months'}"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def short_weekday(day: date) -> str:
    return weekday(day)[:3]


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def span(first: date, last: date) -> str:
    """Both ends included: ``Monday 10 to Sunday 16 November 2025``."""
    start = f"{weekday(first)} {first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} to {weekday(last)} {long_date(last)}"


def week_span(week: Week) -> str:
    return span(week.first_day, week.last_day)


def clock(instant: datetime, zone: str) -> str:
    """The time of day where the athlete was: ``07:42``."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def week_distance(week: WeekTotals, measure: Measure) -> str:
    """A week's distance in words: of a run without one, no number is made."""
    if week.unmeasured_runs == 0:
        return measure.distance(week.distance_m)
    if week.unmeasured_runs == week.runs:
        return "distance not known"
    return f"at least {measure.distance(week.distance_m)}"
