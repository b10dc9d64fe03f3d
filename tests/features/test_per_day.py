"""Each per-day feature, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from training import MONDAY, measure, measured, run

from features import catalog
from features.training_log import Flag, Surface

FOUR_USUAL_WEEKS = [run(7 * week + day, 10.0) for week in range(4) for day in (0, 2, 5)]


def test_a_run_half_as_long_again_as_the_months_longest_is_a_spike_of_one_and_a_half() -> None:
    activities = [*FOUR_USUAL_WEEKS, run(28, 15.0)]
    assert measure("session_spike_7d", activities, 28) == 1.5
    assert measure("spike_distance_7d_m", activities, 28) == 15_000
    assert measure("spike_reference_7d_m", activities, 28) == 10_000


def test_a_spike_is_remembered_for_seven_days_and_no_longer() -> None:
    activities = [*FOUR_USUAL_WEEKS, run(28, 15.0)]
    assert measure("session_spike_7d", activities, 34) == 1.5
    assert measure("session_spike_7d", activities, 35) is None  # no run in the last seven days: unknown


def test_the_longest_run_counts_up_to_thirty_days_back_and_not_on_the_thirty_first() -> None:
    assert measure("session_spike_7d", [run(0, 20.0), run(20, 10.0), run(30, 10.0)], 30) == 0.5
    assert measure("session_spike_7d", [run(0, 20.0), run(20, 10.0), run(31, 10.0)], 31) == 1.0


def test_a_run_is_not_compared_with_itself() -> None:
    assert measure("session_spike_7d", [run(0, 10.0)], 0) is None


def test_an_earlier_run_of_the_same_day_counts_as_before() -> None:
    assert measure("session_spike_7d", [run(0, 8.0, hour=6), run(0, 12.0, hour=18)], 0) == 1.5


def test_two_recordings_within_an_hour_are_one_session() -> None:
    usual = [run(0, 10.0)]
    split = [run(7, 6.0, hour=7, minutes=30), run(7, 9.0, hour=8.4, minutes=45)]  # 54 minutes between
    apart = [run(7, 6.0, hour=7, minutes=30), run(7, 9.0, hour=8.6, minutes=45)]  # 66 minutes between
    assert measure("session_spike_7d", [*usual, *split], 7) == 1.5
    assert measure("session_spike_7d", [*usual, *apart], 7) == 0.9


def test_the_same_run_recorded_by_watch_and_phone_counts_once() -> None:
    watch, phone = run(7, 10.0, hour=7.0), run(7, 10.1, hour=7.01, minutes=59)
    assert measure("weekly_distance_m", [run(0, 5.0), watch, phone], 7) == 10_000
    assert measure("runs_7d", [run(0, 5.0), watch, phone], 7) == 1


def test_two_athletes_running_together_are_two_runs() -> None:
    ada, bea = run(7, 10.0), run(7, 10.0, athlete="bea")
    assert measured([ada, bea], 7, "ada")["weekly_distance_m"] == 10_000
    assert measured([ada, bea], 7, "bea")["weekly_distance_m"] == 10_000


def test_weekly_distance_is_zero_without_runs_but_the_spike_is_unknown() -> None:
    activities = [run(0, 10.0), run(1, 8.0)]
    assert measure("weekly_distance_m", activities, 20) == 0
    assert measure("session_spike_7d", activities, 20) is None


def test_the_usual_week_is_the_mean_of_four_and_unknown_before() -> None:
    activities = [run(day, 5.0 if day < 28 else 20.0) for day in range(0, 35, 7)]
    assert measure("weekly_distance_usual_m", activities, 34) == 5_000
    assert measure("weekly_distance_usual_m", activities, 33) is None


def test_weekly_change_compares_with_the_seven_days_before() -> None:
    activities = [run(0, 10.0), run(7, 12.0)]
    assert measure("weekly_distance_change", activities, 13) == pytest.approx(0.2)
    assert measure("weekly_distance_change", activities, 6) is None
    assert measure("weekly_distance_change", [run(0), run(20)], 20) is None  # nothing to compare with


def test_acute_and_chronic_load_do_not_overlap() -> None:
    activities = [run(day, 7.0) for day in range(21)] + [run(day, 14.0) for day in range(21, 28)]
    assert measure("acute_load_m", activities, 27) == pytest.approx(14_000)
    assert measure("chronic_load_m", activities, 27) == pytest.approx(7_000)
    assert measure("chronic_load_m", activities, 26) is None


def test_descent_is_unknown_where_it_was_not_measured_and_zero_where_nobody_ran() -> None:
    assert measure("descent_7d_m", [run(0, descent_m=None)], 0) is None
    assert measure("descent_7d_m", [run(0, descent_m=120.0), run(1, descent_m=None)], 1) == 120
    assert measure("descent_7d_m", [run(0, descent_m=120.0)], 10) == 0
    assert measure("descent_known_share_28d", [run(0, 10, descent_m=1.0), run(1, 30)], 1) == 0.25


def test_descent_from_gps_altitude_is_not_believed() -> None:
    activities = [run(0, descent_m=400.0, flags=(Flag.ELEVATION_FROM_GPS,))]
    assert measure("descent_7d_m", activities, 0) is None
    assert measure("descent_known_share_28d", activities, 0) == 0


def test_the_usual_week_downhill_is_the_mean_of_four() -> None:
    activities = [run(day, descent_m=40.0 if day < 28 else 500.0) for day in range(0, 35, 7)]
    assert measure("descent_usual_m", activities, 34) == 40
    assert measure("descent_usual_m", activities, 33) is None


def test_a_descent_spike_compares_one_session_with_the_steepest_of_the_month_before() -> None:
    activities = [run(0, descent_m=100.0), run(3, descent_m=0.0), run(10, descent_m=250.0)]
    assert measure("descent_spike_7d", activities, 10) == 2.5
    assert measure("descent_peak_7d_m", activities, 10) == 250
    assert measure("descent_reference_7d_m", activities, 10) == 100


def test_descent_after_a_flat_month_has_no_ratio() -> None:
    assert measure("descent_spike_7d", [run(0, descent_m=0.0), run(7, descent_m=90.0)], 7) is None


def test_hard_surface_share_counts_known_ground_alone() -> None:
    activities = [
        run(0, 6.0, surface=Surface.HARD),
        run(1, 2.0, surface=Surface.SOFT),
        run(2, 12.0, surface=Surface.UNKNOWN),
    ]
    assert measure("hard_surface_share_28d", activities, 2) == 0.75
    assert measure("surface_known_share_28d", activities, 2) == 0.4
    assert measure("hard_surface_share_28d", [run(0)], 0) is None


def test_days_since_last_run_and_the_gap_it_ended() -> None:
    activities = [run(0), run(40)]
    assert measure("days_since_last_run", activities, 39) == 39
    assert measure("days_since_last_run", activities, 40) == 0
    assert measure("gap_before_run_7d", activities, 46) == 40
    assert measure("gap_before_run_7d", activities, 47) is None
    assert measure("days_since_last_run", [run(0, sport="cycling")], 3) is None


def test_a_ride_opens_the_record_but_is_no_run() -> None:
    activities = [run(0, 40.0, sport="cycling"), run(9, 5.0)]
    assert measure("history_days", activities, 9) == 10
    assert measure("runs_30d", activities, 9) == 1
    assert measure("longest_run_30d_m", activities, 9) == 5_000


def test_a_run_dated_by_an_unset_clock_moves_no_feature() -> None:
    activities = [run(0, 5.0), run(date(1989, 12, 31), 40.0, flags=(Flag.CLOCK_UNSET,))]
    assert measure("history_days", activities, 2) == 3
    assert measure("longest_run_30d_m", activities, 2) == 5_000


def test_a_run_of_unknown_length_is_a_run_without_kilometres() -> None:
    activities = [run(0, 5.0), run(3, None)]
    assert measure("runs_7d", activities, 3) == 2
    assert measure("unmeasured_runs_7d", activities, 3) == 1
    assert measure("weekly_distance_m", activities, 3) is None  # at least 5 km, and that is no sum
    assert measure("weekly_distance_m", activities, 10) == 0
    assert measure("weekly_distance_change", activities, 13) is None
    assert measure("session_spike_7d", activities, 3) is None
    only_unknown = [run(day, None) for day in range(0, 36, 3)]
    assert measure("weekly_distance_usual_m", only_unknown, 35) is None
    assert measure("acute_load_m", only_unknown, 35) is None


def test_no_feature_of_a_day_changes_when_later_days_are_deleted() -> None:
    """The future must not leak: forty days with odd gaps, looked at from every tenth day."""
    everything = [
        run(day, 3.0 + (day * 7919) % 17, descent_m=float((day * 31) % 200), surface=Surface.HARD)
        for day in range(90)
        if day % 5 not in (1, 4)
    ]
    for day in range(5, 90, 10):
        past = [a for a in everything if a.day <= MONDAY + timedelta(days=day)]
        assert dict(measured(everything, day).values) == dict(measured(past, day).values)
        assert len(past) < len(everything)


def test_every_feature_has_a_test_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    untested = [f.name for f in catalog.per_day() if f'"{f.name}"' not in text]
    assert untested == []
