"""The demo's two stories must be in the numbers, not in the telling: read from the manifest alone."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

from sample_manifest import (
    FINAL_MONDAY,
    FINAL_SUNDAY,
    SAMPLES,
    Run,
    descent_between,
    listed,
    longest_before,
    runs,
    steepest_before,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def people() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((SAMPLES / "people.toml").read_text(encoding="utf-8"))


def shoe_of(athlete: str, run: Run) -> object:
    """The schema's rule, read literally: the last matching rule, unless the day is an exception."""
    told = people()
    for exception in told["shoe_exceptions"]:
        if exception["athlete"] == athlete and exception["day"] == run.day:
            return exception["shoe"]
    chosen = None
    for rule in told["shoe_rules"]:
        first, last = rule.get("from", date.min), rule.get("to", date.max)
        assert isinstance(first, date) and isinstance(last, date)
        if (
            rule["athlete"] == athlete
            and first <= run.day <= last
            and rule.get("weekday", WEEKDAYS[run.day.weekday()]) == WEEKDAYS[run.day.weekday()]
            and rule.get("sub_sport", run.sub_sport) == run.sub_sport
        ):
            chosen = rule["shoe"]
    return chosen


def shoe_distance_m(athlete: str, shoe: str) -> float:
    ran = sum(run.distance_m for run in runs(athlete) if shoe_of(athlete, run) == shoe)
    start = next(pair["initial_distance_m"] for pair in people()["shoes"] if pair["id"] == shoe)
    assert isinstance(start, float)
    return start + ran


def last_week(athlete: str) -> list[Run]:
    return [run for run in runs(athlete) if run.day >= FINAL_MONDAY]


def test_the_thirty_weeks_end_on_the_day_before_the_demos_today() -> None:
    days = [row.day for row in listed() if row.day is not None]
    assert min(days) == date(2026, 4, 21)
    assert max(days) == FINAL_SUNDAY


def test_mara_runs_every_week() -> None:
    weeks = {run.day - timedelta(days=run.day.weekday()) for run in runs("mara")}
    assert weeks == {date(2026, 4, 20) + timedelta(weeks=n) for n in range(30)}


def test_mara_never_runs_much_further_than_in_her_last_thirty_days() -> None:
    hers = runs("mara")
    settled = [run for run in hers if run.day >= hers[0].day + timedelta(days=30)]
    assert len(settled) > 80
    assert max(run.distance_m / longest_before(hers, run.day) for run in settled) <= 1.08


def test_maras_last_week_is_calm() -> None:
    hers = runs("mara")
    assert len(last_week("mara")) == 3
    for run in last_week("mara"):
        assert run.distance_m <= longest_before(hers, run.day)
        assert (run.descent_m or 0.0) <= steepest_before(hers, FINAL_MONDAY)


def test_jonas_ends_with_one_run_half_as_long_again_as_any_of_thirty_days() -> None:
    his = runs("jonas")
    spikes = [run.distance_m / longest_before(his, run.day) for run in last_week("jonas")]
    assert 1.4 < max(spikes) < 1.6
    assert sum(spike > 1.1 for spike in spikes) == 1


def test_jonas_descends_far_more_in_the_last_week_than_in_the_four_before() -> None:
    his = runs("jonas")
    usual = descent_between(his, FINAL_MONDAY - timedelta(weeks=4), FINAL_MONDAY - timedelta(days=1)) / 4
    assert descent_between(his, FINAL_MONDAY, FINAL_SUNDAY) > 1.5 * usual
    assert max(run.descent_m or 0.0 for run in last_week("jonas")) > 1.3 * steepest_before(his, FINAL_MONDAY)


def test_jonas_hilly_block_begins_in_week_27() -> None:
    his, begin = runs("jonas"), date(2026, 10, 19)
    flat = descent_between(his, begin - timedelta(weeks=8), begin - timedelta(days=1)) / 8
    for week in range(4):
        monday = begin + timedelta(weeks=week)
        assert descent_between(his, monday, monday + timedelta(days=6)) > 2.5 * flat


def test_jonas_old_pair_is_past_both_limits_and_was_on_his_feet_for_the_long_run() -> None:
    pairs = {pair["id"]: pair for pair in people()["shoes"]}
    assert shoe_distance_m("jonas", "jonas-red") > 600_000.0
    assert FINAL_SUNDAY - pairs["jonas-red"]["bought_on"] > timedelta(days=183)  # type: ignore[operator]
    longest = max(last_week("jonas"), key=lambda run: run.distance_m)
    assert shoe_of("jonas", longest) == "jonas-red"


def test_the_other_pairs_are_well_inside_their_limits() -> None:
    pairs = {str(pair["id"]): pair for pair in people()["shoes"]}
    for athlete, shoe in (("mara", "mara-green"), ("mara", "mara-grey"), ("jonas", "jonas-black")):
        assert 30_000.0 < shoe_distance_m(athlete, shoe) < 480_000.0
        assert FINAL_SUNDAY - pairs[shoe]["bought_on"] < timedelta(days=146)  # type: ignore[operator]


def test_the_pair_mara_put_away_was_within_its_limits_and_is_not_used_again() -> None:
    blue = next(pair for pair in people()["shoes"] if pair["id"] == "mara-blue")
    assert shoe_distance_m("mara", "mara-blue") < 600_000.0
    worn = [run.day for run in runs("mara") if shoe_of("mara", run) == "mara-blue"]
    assert max(worn) < blue["retired_on"]  # type: ignore[operator]


def test_every_run_has_a_pair_that_was_already_bought() -> None:
    bought = {pair["id"]: pair["bought_on"] for pair in people()["shoes"]}
    for athlete in ("mara", "jonas"):
        for run in runs(athlete):
            assert bought[shoe_of(athlete, run)] <= run.day  # type: ignore[operator]


def test_no_check_in_is_painful_enough_to_stop_the_load_story() -> None:
    for check_in in people()["check_ins"]:
        told = [check_in.get(f"pain_{when}") for when in ("running", "after", "next_morning")]
        assert all(pain is None or pain in (0, 1, 2) for pain in told)
        assert not check_in.get("symptoms")
