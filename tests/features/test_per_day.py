"""Each per-day feature, worked by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from training import MONDAY, UsualCadence, measure, measured, run

from features import catalog
from features.training_log import Flag, Shoe

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
        run(0, 6.0, ground="hard"),
        run(1, 2.0, ground="natural"),
        run(2, 12.0),
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


def test_a_knee_week_is_the_sum_of_its_runs_and_unknown_where_one_is() -> None:
    known = [run(0, 10.0, knee_km=11.0), run(2, 8.0, knee_km=8.0)]
    assert measure("knee_week_m", known, 6) == 19_000
    assert measure("knee_per_km_7d", known, 6) == pytest.approx(19 / 18)
    one_unknown = [*known, run(3, 6.0)]
    assert measure("knee_week_m", one_unknown, 6) is None
    assert measure("weekly_distance_m", one_unknown, 6) == 24_000  # distance stands in
    assert measure("knee_per_km_7d", one_unknown, 6) == pytest.approx(19 / 18)  # where both are known
    assert measure("knee_known_share_28d", one_unknown, 6) == 0.75
    assert measure("knee_week_m", known, 12) == 0
    assert measure("knee_per_km_7d", known, 12) is None


def test_the_usual_knee_week_takes_a_fifth_at_most_for_like_the_rest() -> None:
    weeks = [run(7 * week, 10.0, knee_km=11.0) for week in range(4)]
    assert measure("knee_week_usual_m", weeks, 34) == pytest.approx(11_000)
    assert measure("knee_week_usual_m", weeks, 33) is None  # not five weeks yet
    most = [*weeks, run(1, 10.0)]  # known on 40 of 50 km: 44 km stand for 40, so 55 for 50
    assert measure("knee_week_usual_m", most, 34) == pytest.approx(55_000 / 4)
    assert measure("knee_week_usual_m", [*most, run(2, 1.0)], 34) is None  # 40 of 51
    assert measure("knee_week_usual_m", [run(0, 10.0)], 63) == 0
    assert measure("knee_week_usual_m", [*weeks, run(3, None)], 34) is None


def test_a_knee_spike_compares_knee_load_and_not_distance() -> None:
    activities = [run(0, 12.0, knee_km=10.0), run(9, 10.0, knee_km=15.0)]
    features = measured(activities, 9)
    assert features["knee_spike_7d"] == 1.5
    assert features["knee_spike_session_7d_m"] == 15_000
    assert features["knee_spike_reference_7d_m"] == 10_000
    assert features["session_spike_7d"] == pytest.approx(10 / 12)


def test_a_longer_run_without_a_knee_load_may_have_been_the_largest() -> None:
    measured_runs = [run(0, 10.0, knee_km=10.0), run(9, 10.0, knee_km=15.0)]
    assert measure("knee_spike_7d", [*measured_runs, run(2, 9.0)], 9) == 1.5
    assert measure("knee_spike_7d", [*measured_runs, run(2, 11.0)], 9) is None
    assert measure("knee_spike_7d", [run(0, 10.0), run(9, 10.0, knee_km=15.0)], 9) is None


def test_a_session_in_parts_has_a_knee_load_only_if_each_part_has() -> None:
    usual = run(0, 10.0, knee_km=10.0)
    parts = [run(7, 6.0, hour=7, minutes=30, knee_km=7.0), run(7, 9.0, hour=8, minutes=45, knee_km=8.0)]
    assert measure("knee_spike_7d", [usual, *parts], 7) == 1.5
    unknown_part = run(7, 9.0, hour=8, minutes=45)
    assert measure("knee_spike_7d", [usual, parts[0], unknown_part], 7) is None


def test_a_suspect_run_has_no_loads_until_it_is_accepted() -> None:
    suspect = run(0, 10.0, knee_km=90.0, high_intensity_s=5000.0, flags=(Flag.SUSPECT,))
    features = measured([suspect], 0)
    assert features["knee_week_m"] is None
    assert features["high_intensity_7d_s"] is None


def test_the_hardest_step_of_the_week_and_the_metres_walked() -> None:
    activities = [
        run(0, knee_peak=1.2, walking_m=300.0),
        run(1, knee_peak=1.5, walking_m=0.0),
        run(2, 4.0, sport="hiking"),
        run(3, 2.0, sport="cycling"),
    ]
    assert measure("knee_peak_load_7d", activities, 6) == 1.5
    assert measure("knee_peak_load_7d", activities, 8) is None
    assert measure("walking_7d_m", activities, 6) == 4_300
    assert measure("walking_7d_m", [run(0)], 0) is None
    assert measure("walking_7d_m", [run(0, 4.0, sport="walking")], 0) == 4_000
    assert measure("walking_7d_m", [run(0, None, sport="walking")], 0) is None
    assert measure("walking_7d_m", [run(0, walking_m=0.0)], 20) == 0


def test_time_above_the_threshold_and_its_spike() -> None:
    activities = [
        run(0, high_intensity_s=600.0),
        run(8, high_intensity_s=900.0),
        run(9, high_intensity_s=0.0),
    ]
    features = measured(activities, 9)
    assert features["high_intensity_7d_s"] == 900
    assert features["high_intensity_spike_7d"] == 1.5
    assert features["high_intensity_session_7d_s"] == 900
    assert features["high_intensity_reference_7d_s"] == 600
    assert measure("high_intensity_7d_s", [*activities, run(9, hour=18)], 9) is None
    easy = [run(0, high_intensity_s=0.0), run(8, high_intensity_s=900.0)]
    assert measure("high_intensity_spike_7d", easy, 8) is None  # after none at all there is no ratio


def test_training_impulse_of_the_week_and_the_usual_one() -> None:
    weeks = [run(7 * week, trimp=80.0) for week in range(5)]
    assert measure("trimp_7d", weeks, 34) == 80
    assert measure("trimp_usual", weeks, 34) == pytest.approx(80)
    assert measure("trimp_usual", weeks, 33) is None
    # 240 minutes known of 300: 320 stand for them, so 400 for all
    assert measure("trimp_usual", [*weeks, run(3)], 34) == pytest.approx(100)
    assert measure("trimp_usual", [*weeks, run(3, minutes=61)], 34) is None
    assert measure("trimp_7d", [run(0)], 0) is None
    assert measure("trimp_usual", [run(0)], 63) == 0


def test_heart_rate_is_known_for_a_share_of_the_time() -> None:
    activities = [
        run(0, minutes=60, heart_rate_share=1.0),
        run(1, minutes=30, heart_rate_share=0.5),
        run(2, minutes=30),
        run(3, minutes=30, heart_rate_share=1.0, flags=(Flag.CADENCE_LOCK,)),  # these were steps
    ]
    assert measure("heart_rate_known_share_28d", activities, 3) == 0.5  # 75 of 150 minutes
    assert measure("heart_rate_known_share_28d", activities, 40) is None


def test_load_by_effort_is_rating_times_minutes_and_unknown_where_one_run_was_not_rated() -> None:
    activities = [run(0, minutes=60, rpe=4.0, recovery=8.0), run(2, minutes=30, rpe=8.0, recovery=5.0)]
    features = measured(activities, 6)
    assert features["effort_load_7d"] == 480  # 240 + 240
    assert features["rpe_mean_7d"] == 6
    assert features["recovery_mean_7d"] == 6.5
    unrated = measured([*activities, run(3)], 6)
    assert unrated["effort_load_7d"] is None
    assert unrated["rpe_mean_7d"] == 6
    assert measure("effort_load_7d", activities, 20) == 0
    assert measure("recovery_mean_7d", activities, 20) is None


def test_monotony_is_the_mean_day_over_the_spread_of_the_days() -> None:
    # 12, 0, 6, 0, 12, 0, 5 km: mean 5 km, squared deviations 49+25+1+25+49+25+0 = 174, spread (174/6)^0.5 km
    activities = [run(0, 12.0), run(2, 6.0), run(4, 12.0), run(6, 5.0)]
    assert measure("monotony_7d", activities, 6) == pytest.approx(5 / 29**0.5)
    assert measure("strain_7d", activities, 6) == pytest.approx(35_000 * 5 / 29**0.5)
    assert measure("monotony_7d", activities, 5) is None  # six days on record
    assert measure("monotony_7d", activities, 20) is None  # nobody ran
    assert measure("monotony_7d", [run(day, 5.0) for day in range(7)], 6) is None  # no spread
    assert measure("strain_7d", [*activities, run(5, None)], 6) is None


def by_recursion(daily_m: list[float], days: int) -> float:
    """As published: seeded with the first load, each day weighs 2 / (N + 1)."""
    weight = 2 / (days + 1)
    mean = daily_m[0]
    for load in daily_m[1:]:
        mean = weight * load + (1 - weight) * mean
    return mean


@pytest.mark.parametrize("last", [27, 100, 181, 182, 363, 364, 365, 800, 3650])
def test_the_weighted_means_are_the_published_recursion_for_ten_years(last: int) -> None:
    days = [day for day in range(last + 1) if day % 3 == 0 or day % 7 == 0]
    activities = [run(day, 4.0 + day % 11) for day in days]
    daily_m = [1000 * (4.0 + day % 11) if day in set(days) else 0.0 for day in range(last + 1)]
    features = measured(activities, last)
    assert features["acute_ewma_m"] == pytest.approx(by_recursion(daily_m, 7), rel=1e-5)
    assert features["chronic_ewma_m"] == pytest.approx(by_recursion(daily_m, 28), rel=1e-5)


def test_the_weighted_means_want_four_weeks_and_every_distance_of_their_days() -> None:
    activities = [run(day, 5.0) for day in range(0, 60, 2)]
    assert measure("chronic_ewma_m", activities, 26) is None
    unmeasured = [*activities, run(41, None)]
    assert measure("acute_ewma_m", unmeasured, 47) is None
    assert measure("acute_ewma_m", unmeasured, 48) is not None
    assert measure("chronic_ewma_m", unmeasured, 68) is None
    assert measure("chronic_ewma_m", unmeasured, 69) is not None


def test_days_in_a_row_are_counted_to_the_end_of_the_row() -> None:
    activities = [run(day, 5.0) for day in (0, 1, 2, 4)] + [run(4, 3.0, hour=18)]
    features = measured(activities, 6)
    assert features["running_days_in_a_row"] == 3
    assert features["rest_days_7d"] == 3
    assert features["back_to_back_days_7d"] == 2
    assert measure("running_days_in_a_row", activities, 8) == 3  # its last day is day 2
    assert measure("running_days_in_a_row", activities, 9) == 1
    assert measure("running_days_in_a_row", activities, 12) == 0
    assert measure("rest_days_7d", activities, 5) is None
    assert measure("back_to_back_days_7d", activities, 8) == 1
    longer = [run(day, 5.0) for day in range(20)]
    assert measure("running_days_in_a_row", longer, 25) == 20


def test_a_day_is_hard_by_time_above_the_threshold_by_rating_or_by_distance() -> None:
    usual = [run(day, 10.0) for day in (0, 3, 6)]
    by_intensity = run(10, 8.0, high_intensity_s=600.0)
    by_rating = run(11, 8.0, rpe=7.0)
    # the mean running day of the 28 before: (10 + 10 + 10 + 8 + 8) / 5 = 9.2 km
    by_distance = run(12, 13.8)
    easy = run(13, 13.0, high_intensity_s=599.0, rpe=6.0)
    activities = [*usual, by_intensity, by_rating, by_distance, easy]
    assert measure("hard_days_in_a_row", activities, 12) == 3
    assert measure("hard_days_in_a_row", activities, 16) == 3
    assert measure("hard_days_in_a_row", activities, 20) == 0
    assert measure("hard_days_in_a_row", [*activities, run(14, 20.0)], 14) == 3  # the easy day broke the row


def test_whether_a_first_run_or_one_without_distance_was_hard_is_unknown() -> None:
    assert measure("hard_days_in_a_row", [run(0, 10.0)], 0) is None
    assert measure("hard_days_in_a_row", [run(0, 10.0, rpe=9.0)], 0) == 1
    assert measure("hard_days_in_a_row", [run(0, 10.0), run(10, None)], 10) is None
    assert measure("hard_days_in_a_row", [run(0, 10.0)], 10) == 0


def test_low_impact_training_is_time_without_landing() -> None:
    activities = [
        run(0, minutes=60),
        run(1, 30.0, sport="cycling", minutes=45),
        run(2, None, sport="training", sub_sport="strength_training", minutes=30),
        run(3, None, sport="fitness_equipment", sub_sport="elliptical", minutes=45),
        run(4, 5.0, sport="hiking", minutes=90),
        run(5, None, sport="training", minutes=20),  # of an unnamed kind: not counted
    ]
    assert measure("low_impact_7d_s", activities, 6) == 7200
    assert measure("low_impact_share_28d", activities, 6) == pytest.approx(2 / 3)
    assert measure("low_impact_7d_s", activities, 20) == 0
    untimed = [*activities, run(6, None, sport="swimming", minutes=None)]
    assert measure("low_impact_7d_s", untimed, 6) is None
    assert measure("low_impact_share_28d", untimed, 6) is None
    assert measure("low_impact_share_28d", activities, 40) is None


def test_a_change_of_ground_is_told_against_the_four_weeks_before() -> None:
    before = [run(0, 6.0, ground="hard"), run(7, 6.0, ground="natural")]
    week = [run(28, 3.0, ground="hard"), run(30, 1.0, ground="natural"), run(31, 8.0)]
    assert measure("hard_surface_share_7d", [*before, *week], 34) == 0.75
    assert measure("hard_surface_change", [*before, *week], 34) == 0.25
    assert measure("hard_surface_change", week, 34) is None
    assert measure("hard_surface_share_7d", before, 34) is None


def test_ground_is_new_with_less_than_a_kilometre_in_the_month_before() -> None:
    before = [run(day, 5.0, ground="hard") for day in range(0, 36, 5)] + [run(20, 0.9, ground="natural")]
    trail = run(37, 3.0, ground="natural")
    road = run(38, 9.0, ground="hard")
    assert measure("new_surface_share_7d", [*before, trail, road], 38) == pytest.approx(3 / 17)
    assert measure("new_surface_share_7d", [*before, run(21, 0.2, ground="natural"), trail, road], 38) == 0
    assert measure("new_surface_share_7d", [*before, trail], 35) is None  # not yet 37 days on record
    assert measure("new_surface_share_7d", [run(0), run(60, ground="hard")], 60) is None


RED = Shoe("red", "ada", "Red", MONDAY, initial_distance_m=595_000.0)
BLUE = Shoe("blue", "ada", "Blue", MONDAY)
GREEN = Shoe("green", "ada", "Green", MONDAY, initial_distance_m=100_000.0, limit_days=10)


def test_runs_in_a_new_pair_are_those_before_fifty_kilometres() -> None:
    runs = [run(day, 20.0, shoes=(("blue", 1.0),)) for day in range(4)]
    assert measured(runs, 3, pairs=[BLUE])["new_pair_runs_7d"] == 3  # at 0, 20 and 40 km
    assert measured(runs, 8, pairs=[BLUE])["new_pair_runs_7d"] == 1
    old = [run(0, shoes=(("red", 1.0),)), run(1)]
    assert measured(old, 1, pairs=[RED, BLUE])["new_pair_runs_7d"] == 0


def test_how_runs_spread_over_the_pairs() -> None:
    runs = [
        run(0, 30.0, shoes=(("blue", 1.0),)),
        run(1, 10.0, shoes=(("red", 0.5), ("blue", 0.5))),
        run(2, 5.0),
    ]
    features = measured(runs, 2, pairs=[RED, BLUE, GREEN])
    assert features["shoes_in_use_28d"] == 2
    assert features["main_shoe_share_28d"] == 35 / 40
    assert features["worn_shoe_share_28d"] == 5 / 40  # the red pair has reached 600 km
    later = measured(runs, 28, pairs=[RED, BLUE, GREEN])
    assert later["shoes_in_use_28d"] == 2
    assert later["main_shoe_share_28d"] == 0.5
    assert measured(runs, 29, pairs=[RED, BLUE, GREEN])["shoes_in_use_28d"] is None
    assert measured([run(0)], 0, pairs=[RED])["worn_shoe_share_28d"] is None


def test_a_pair_is_past_its_limit_by_age_too() -> None:
    runs = [run(5, shoes=(("green", 1.0),))]
    assert measured(runs, 9, pairs=[GREEN])["worn_shoe_share_28d"] == 0
    assert measured(runs, 10, pairs=[GREEN])["worn_shoe_share_28d"] == 1


def test_skipped_warm_ups_and_cool_downs_are_a_share_of_the_runs_that_tell() -> None:
    runs = [
        run(0, warm_up=0.80, cool_down=0.99),
        run(1, warm_up=0.96, cool_down=0.90),
        run(2, warm_up=0.95),
        run(3),
    ]
    assert measure("skipped_warm_up_share_28d", runs, 3) == pytest.approx(1 / 3)
    assert measure("skipped_cool_down_share_28d", runs, 3) == 0.5
    assert measure("skipped_warm_up_share_28d", [run(0)], 0) is None


def test_the_largest_fall_of_cadence_within_a_run() -> None:
    runs = [run(0, cadence_drop=0.01), run(1, cadence_drop=0.04), run(2)]
    assert measure("cadence_drop_7d", runs, 6) == 0.04
    assert measure("cadence_drop_7d", [run(0, cadence_drop=-0.01)], 0) == -0.01
    assert measure("cadence_drop_7d", runs, 9) is None


def test_cadence_is_held_against_the_habit_of_its_month() -> None:
    habits = [UsualCadence(0, 170.0), UsualCadence(30, 160.0)]  # from the first of June and of July
    runs = [run(1, cadence_spm=161.5), run(2), run(29, cadence_spm=153.0), run(30, cadence_spm=160.0)]
    assert measured(runs, 2, usual_cadence=habits)["cadence_vs_usual_7d"] == pytest.approx(0.95)
    assert measured(runs, 30, usual_cadence=habits)["cadence_vs_usual_7d"] == pytest.approx(0.95)  # 0.9 and 1
    assert measured(runs, 2)["cadence_vs_usual_7d"] is None


def test_stance_balance_and_how_it_changed() -> None:
    runs = [run(0, stance_percent=49.0), run(30, stance_percent=51.0), run(31, stance_percent=52.0), run(32)]
    assert measure("stance_balance_28d_percent", runs, 32) == 51.5
    assert measure("stance_balance_change_28d", runs, 32) == 2.5
    assert measure("stance_balance_change_28d", runs[1:], 32) is None
    assert measure("stance_balance_28d_percent", [run(0)], 0) is None


def test_every_feature_has_a_test_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    untested = [f.name for f in catalog.per_day() if f'"{f.name}"' not in text]
    assert untested == []
