"""The coming week: how long, what to change first, and when to stop planning."""

from __future__ import annotations

from itertools import product

import pytest
from knee_weeks import SUNDAY, check_in, felt, knee_injury, pair, runner, spiked, verdict, week

from features import evidence
from features.training_log import Athlete, CheckIn, DayFeatures, ShoeDay, Symptom
from models.advice import CHANGE_CODES, plan
from models.verdict import Plan

USUAL = week()
STEEP = {"descent_peak_7d_m": 400.0, "descent_reference_7d_m": 200.0, "descent_spike_7d": 2.0}


def planned(
    features: DayFeatures,
    *check_ins: CheckIn,
    athlete: Athlete | None = None,
    before: DayFeatures | None = USUAL,
    shoes: tuple[ShoeDay, ...] = (),
) -> Plan:
    someone = athlete or runner()
    return plan(verdict(features, someone, *check_ins), felt(*check_ins), someone, features, before, shoes)


def told(made: Plan) -> list[tuple[str, str]]:
    return [(change.code, change.because) for change in made.changes]


def test_a_calm_week_changes_nothing_and_may_grow_a_little() -> None:
    made = planned(week())
    # guarded begins at ln 1.105 = 0.0998, which is 0.4249 of what +10 % adds (0.2350): 12 km × 1.042, rounded down
    assert made.longest_run_m == pytest.approx(12_504)
    assert made.longest_run_basis_m == 12_000
    assert made.changes == ()
    assert not made.see_clinician


def test_a_spike_does_not_become_the_new_normal_at_once() -> None:
    made = planned(spiked(1.75))  # 21 km after 12 km
    assert made.longest_run_basis_m == 12_000
    assert made.longest_run_m == pytest.approx(12_504)
    assert told(made) == [("shorten_long_run", "session_spike"), ("low_impact_session", "session_spike")]
    assert made.changes[0].amount == made.longest_run_m


def test_a_sunday_before_that_already_saw_the_spike_does_not_hide_it() -> None:
    assert planned(spiked(1.75), before=week(longest_run_30d_m=21_000.0)).longest_run_basis_m == 12_000


def test_without_a_sunday_before_the_runs_own_reference_counts() -> None:
    assert planned(spiked(1.75), before=None).longest_run_basis_m == 12_000


def test_exactly_a_tenth_more_is_still_ordinary_growth() -> None:
    assert planned(spiked(1.10)).longest_run_basis_m == pytest.approx(13_200)


def test_an_irritated_knee_runs_shorter_more_often_and_flat() -> None:
    made = planned(week(), check_in(running=3))
    assert made.longest_run_m == pytest.approx(7_200)  # 12 km × 3/5
    assert told(made) == [
        ("more_frequent_shorter", "irritated"),
        ("flatten_route", "irritated"),
        ("low_impact_session", "irritated"),
    ]
    assert not made.see_clinician


def test_pain_above_three_names_a_clinician() -> None:
    made = planned(week(), check_in(running=4))
    assert made.see_clinician
    assert told(made)[0] == ("see_clinician", "irritated")
    assert made.exercises.chosen


def test_a_little_pain_holds_the_long_run_where_it_is() -> None:
    made = planned(week(), check_in(running=1))
    assert made.longest_run_m == made.longest_run_basis_m == 12_000
    assert told(made) == [("keep_long_run", "calm")]


def test_a_knee_injury_that_lasts_holds_the_long_run_where_it_is() -> None:
    assert planned(week(), athlete=runner(knee_injury(None))).longest_run_m == 12_000


@pytest.mark.parametrize(
    "sign", [check_in(running=6), check_in(Symptom.LOCKING), check_in(can_bear_weight=False)]
)
def test_a_red_flag_or_too_much_pain_leaves_only_rest_and_a_clinician(sign: CheckIn) -> None:
    made = planned(spiked(2.5, **STEEP), sign)
    assert [code for code, _ in told(made)] == ["see_clinician", "pause_running"]
    assert (made.longest_run_m, made.longest_run_basis_m, made.exercises.chosen) == (None, None, ())
    assert made.see_clinician


def test_a_swollen_knee_names_a_clinician_without_any_pain() -> None:
    assert planned(week(), check_in(Symptom.SWELLING)).see_clinician


def test_new_descent_asks_for_a_flatter_route_within_what_the_month_had() -> None:
    made = planned(week(**STEEP))
    assert told(made) == [("flatten_route", "descent_novelty")]
    assert made.changes[0].amount == 200


def test_a_return_starts_with_run_and_walk() -> None:
    back = week(session_spike_7d=None, gap_before_run_7d=40.0, longest_run_30d_m=5_000.0)
    made = planned(back, before=week(longest_run_30d_m=None))
    assert told(made)[0] == ("return_with_run_walk", "return_after_gap")
    assert made.changes[0].amount == 4
    assert made.longest_run_m is None  # the first run back is no ground to build on


def test_a_month_without_a_run_has_no_longest_run_and_a_way_back() -> None:
    idle = week(
        runs_7d=0.0,
        session_spike_7d=None,
        gap_before_run_7d=None,
        longest_run_30d_m=None,
        days_since_last_run=35.0,
    )
    made = planned(idle)
    assert made.longest_run_m is None
    assert told(made) == [("return_with_run_walk", "return_after_gap")]


def test_too_short_a_history_promises_no_length() -> None:
    assert planned(week(history_days=12.0)).longest_run_m is None


def test_a_worn_shoe_is_a_reminder_in_any_week() -> None:
    assert told(planned(week(), shoes=(pair(600_000.0), pair()))) == [("check_shoes", "shoe_distance")]
    assert told(planned(week(), shoes=(pair(age_days=183), pair()))) == [("check_shoes", "shoe_age")]


def test_a_retired_shoe_reminds_of_nothing() -> None:
    assert told(planned(week(), shoes=(pair(900_000.0, retired_on=SUNDAY), pair()))) == []


def test_a_single_pair_is_mentioned_only_when_the_level_is_raised() -> None:
    assert told(planned(week(), shoes=(pair(),))) == []
    assert ("rotate_shoes", "one_pair") in told(planned(spiked(1.5), shoes=(pair(),)))
    assert ("rotate_shoes", "one_pair") not in told(planned(spiked(1.5), shoes=(pair(), pair())))


def test_every_plan_uses_known_codes_once_and_real_evidence() -> None:
    pains = (None, 0, 2, 3, 5, 7)
    spikes = (0.9, 1.05, 1.3, 3.0)
    for pain, ratio, steep, gap, age in product(pains, spikes, ({}, STEEP), (2.0, 45.0), (10, 200)):
        signs = [] if pain is None else [check_in(running=pain)]
        made = planned(spiked(ratio, gap_before_run_7d=gap, **steep), *signs, shoes=(pair(age_days=age),))
        codes = [change.code for change in made.changes]
        assert codes == sorted(set(codes), key=CHANGE_CODES.index)
        for name in (*made.longest_run_evidence, *(n for change in made.changes for n in change.evidence)):
            evidence.entry(name)
        if made.longest_run_m is not None:
            longest_m = 12_000 * ratio if 1 < ratio <= 1.1 else 12_000  # a spike is not built upon
            assert made.longest_run_m <= longest_m * 1.042 + 1e-6
            assert made.longest_run_evidence


def test_a_run_of_the_sensible_length_leaves_a_calm_week_low() -> None:
    made = planned(week())
    assert made.longest_run_m is not None
    assert verdict(spiked(made.longest_run_m / 12_000), runner()).level == "low"
