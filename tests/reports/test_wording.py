"""Numbers as runners say them; expected values worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from features.training_log import Week
from reports import wording
from reports.wording import Measure

KM, MI = Measure("km"), Measure("mi")


def test_a_distance_is_told_in_the_athletes_own_unit() -> None:
    assert KM.distance(21_300) == "21.3 km"
    assert MI.distance(1609.344 * 13.1) == "13.1 mi"


def test_a_true_zero_is_a_number_and_an_unknown_is_not() -> None:
    assert KM.distance(0.0) == "0.0 km"
    assert KM.distance(None) == "not known"
    assert KM.height(0.0) == "0 m"
    assert KM.height(None) == "not known"
    assert wording.duration(0.0) == "0 min"
    assert wording.duration(None) == "not known"


def test_a_ceiling_never_grows_by_rounding() -> None:
    assert KM.distance(15_490) == "15.5 km"
    assert KM.careful_distance(15_490) == "15.4 km"
    assert KM.careful_distance(15_400) == "15.4 km"


def test_descent_is_told_in_feet_to_those_who_run_in_miles() -> None:
    assert MI.height(304.8) == "1,000 ft"
    assert KM.height(1234.4) == "1,234 m"


def test_a_pace_is_minutes_for_one_kilometre_or_mile() -> None:
    assert KM.pace(10_000, 3_320) == "5:32 min/km"
    assert MI.pace(1609.344, 539.6) == "9:00 min/mi"
    assert KM.pace(10_000, 3_599.9) == "6:00 min/km"


@pytest.mark.parametrize(("metres", "seconds"), [(None, 600.0), (5000.0, None), (0.0, 600.0)])
def test_a_pace_needs_a_distance_and_a_time(metres: float | None, seconds: float | None) -> None:
    assert KM.pace(metres, seconds) == "not known"


def test_a_ratio_keeps_a_second_decimal_where_it_decides() -> None:
    assert wording.ratio(21_300 / 14_100) == "1.5 ×"
    assert wording.ratio(1.12) == "1.12 ×"


def test_the_printed_factors_multiply_to_the_printed_total() -> None:
    assert wording.factor(1.6) == "× 1.60"
    assert wording.factor(1.6 * 1.72) == "× 2.75"  # 1.60 × 1.72 = 2.752


def test_changes_carry_their_sign() -> None:
    assert wording.percent_change(0.379) == "+38 %"
    assert wording.percent_change(-0.12) == "−12 %"
    assert wording.percent_change(0.004) == "±0 %"
    assert wording.change(-0.5) == "−0.5"
    assert wording.change(1.0) == "+1"


def test_durations_are_hours_and_minutes() -> None:
    assert wording.duration(48 * 60) == "48 min"
    assert wording.duration(3600 + 52 * 60) == "1 h 52 min"
    assert wording.duration(3599) == "1 h 00 min"
    assert wording.duration(20) == "under 1 min"


def test_one_is_singular_and_none_is_no() -> None:
    assert [wording.count(n, "run") for n in (0, 1, 4)] == ["no runs", "1 run", "4 runs"]


def test_an_age_is_days_then_months() -> None:
    assert wording.age(12) == "12 days"
    assert wording.age(137) == "4½ months"  # 137 ÷ 30.4 = 4.5
    assert wording.age(183) == "6 months"


def test_weeks_are_told_with_both_ends_included() -> None:
    assert wording.week_span(Week(2026, 46)) == "Monday 9 to Sunday 15 November 2026"
    assert wording.week_span(Week(2026, 44)) == "Monday 26 October to Sunday 1 November 2026"


def test_the_week_over_new_year_names_both_years() -> None:
    # ISO 2026 has 53 weeks; the last one begins on Monday 28 December.
    assert wording.week_span(Week(2026, 53)) == "Monday 28 December 2026 to Sunday 3 January 2027"


def test_a_clock_time_is_the_athletes_own_on_both_sides_of_daylight_saving() -> None:
    before = datetime(2026, 10, 24, 6, 30, tzinfo=UTC)
    after = datetime(2026, 10, 25, 6, 30, tzinfo=UTC)
    assert wording.clock(before, "Europe/Berlin") == "08:30"
    assert wording.clock(after, "Europe/Berlin") == "07:30"


def test_dates_do_not_depend_on_the_machines_language() -> None:
    assert wording.long_date(date(2027, 3, 3)) == "3 March 2027"
    assert wording.weekday(date(2026, 11, 15)) == "Sunday"


def test_units_other_than_km_and_mi_are_refused() -> None:
    with pytest.raises(ValueError, match="'km' or 'mi'"):
        Measure("miles")


def test_a_list_reads_as_a_sentence() -> None:
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
