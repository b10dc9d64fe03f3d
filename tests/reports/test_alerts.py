"""Notices between reports: stages worked by hand, each told at the right moment and no other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import SUNDAY, jump, pair, ride, run

from features.training_log import ShoeDay
from reports.alerts import shoe_notices, spike_notices

LONG_AGO = SUNDAY - timedelta(days=200)


def stage(shoe: ShoeDay) -> str | None:
    notices = shoe_notices([shoe])
    return notices[0].stage if notices else None


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (479.9, None),
        (480, "warn"),  # 80 % of 600 km
        (599, "warn"),
        (600, "due"),
        (699, "due"),
        (700, "overdue-700"),
        (799, "overdue-700"),
        (801, "overdue-800"),
    ],
)
def test_a_pair_of_600_km_reaches_its_stages_by_distance(km: float, expected: str | None) -> None:
    assert stage(pair(km)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(146, None), (147, "warn"), (182, "warn"), (183, "due"), (400, "due")],  # 80 % of 183 is 146.4
)
def test_a_little_used_pair_reaches_its_stages_by_age(days: int, expected: str | None) -> None:
    assert stage(pair(100, age_days=days)) == expected


def test_an_own_limit_moves_the_stages() -> None:
    assert stage(pair(645, limit_m=800_000.0)) == "warn"
    assert stage(pair(645, limit_m=400_000.0)) == "overdue-600"


def test_only_the_highest_stage_is_told_and_the_lower_ones_count_as_told() -> None:
    (notice,) = shoe_notices([pair(812)])
    assert notice.stage == "overdue-800"
    assert notice.covers == ("warn", "due", "overdue-700", "overdue-800")


def test_a_retired_pair_never_alerts() -> None:
    assert shoe_notices([pair(900, retired_on=SUNDAY - timedelta(days=1))]) == ()


def test_a_notice_says_the_distance_the_limit_and_to_check_never_to_replace() -> None:
    (notice,) = shoe_notices([pair(655, "Red racer", 120)])
    assert "Red racer" in notice.text
    assert "655 km of 600 km (109 %)" in notice.text
    assert "Check them" in notice.text
    assert "replace" not in notice.text.lower()


def test_a_warning_names_the_day_on_which_the_limit_is_near() -> None:
    # 100 km left at 120 km in 28 days are 23.3 days: 24 days after 15 November is 9 December.
    (notice,) = shoe_notices([pair(500, age_days=30)])
    assert "they reach 600 km around 9 December 2026" in notice.text


def test_a_pair_that_gets_old_before_it_gets_worn_is_told_by_its_age() -> None:
    # 183 days after 18 June 2026 (150 days before 15 November) is 18 December 2026.
    (notice,) = shoe_notices([pair(300, age_days=150)])
    assert "They reach their age limit on 18 December 2026: check them then." in notice.text


def test_notices_speak_the_athletes_units() -> None:
    (notice,) = shoe_notices([pair(655)], "mi")
    assert "407 mi of 373 mi" in notice.text  # 655 ÷ 1.609344, 600 ÷ 1.609344


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (11.0, None),  # up to +10 % is the study's reference state
        (11.1, "small"),
        (13.0, "small"),
        (13.1, "moderate"),
        (20.0, "moderate"),
        (20.1, "large"),
    ],
)
def test_a_run_is_staged_by_the_states_of_the_study(km: float, expected: str | None) -> None:
    stages = [n.stage for n in spike_notices([jump(SUNDAY, km, 10.0)], "ada", SUNDAY, LONG_AGO)]
    assert stages == ([] if expected is None else [expected])


@pytest.mark.parametrize(("days_ago", "told"), [(-1, 0), (0, 1), (6, 1), (7, 0)])
def test_only_the_last_seven_days_are_news(days_ago: int, told: int) -> None:
    day: date = SUNDAY - timedelta(days=days_ago)
    assert len(spike_notices([jump(day, 21.3, 14.1)], "ada", SUNDAY, LONG_AGO)) == told


def test_a_run_without_a_comparison_and_a_ride_are_silent() -> None:
    assert spike_notices([run(SUNDAY, 30), ride(SUNDAY)], "ada", SUNDAY, LONG_AGO) == ()


def test_a_run_notice_says_both_distances_and_what_to_do() -> None:
    (notice,) = spike_notices([jump(SUNDAY, 21.3, 14.1)], "ada", SUNDAY, LONG_AGO)
    assert notice.text == (
        "Sunday's 21.3 km is 1.5 × your longest run of the 30 days before (14.1 km). "
        "Keep the next runs shorter, and see how your knees feel tomorrow morning."
    )
    assert (notice.athlete, notice.kind, notice.subject) == ("ada", "run_spike", "run-1115")
    assert notice.covers == ("small", "moderate")


def test_a_hostile_shoe_name_stays_on_its_line() -> None:
    (notice,) = shoe_notices([pair(655, "Red\nracer\x1b[2J")])
    assert notice.text.startswith("Red racer[2J has reached")


def test_the_same_facts_give_the_same_notices() -> None:
    sessions = [jump(SUNDAY, 21.3, 14.1), jump(SUNDAY - timedelta(days=2), 12.0, 10.0)]
    assert spike_notices(sessions, "ada", SUNDAY, LONG_AGO) == spike_notices(
        sessions, "ada", SUNDAY, LONG_AGO
    )
    assert shoe_notices([pair(655)]) == shoe_notices([pair(655)])


def test_a_run_within_the_first_thirty_days_of_a_record_is_no_news() -> None:
    # the thirty days before it are not on record: it may be as usual as any
    for since, told in ((29, 0), (30, 1)):
        recorded_since = SUNDAY - timedelta(days=since)
        assert len(spike_notices([jump(SUNDAY, 21.3, 14.1)], "ada", SUNDAY, recorded_since)) == told
