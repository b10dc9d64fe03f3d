"""Knee load by hand, and beside the papers it comes from; docs/knee_load.md shows the same table."""

from __future__ import annotations

from math import radians, tan
from pathlib import Path

import numpy as np
import pytest

from features.knee_load import (
    KneeLoads,
    is_extrapolated,
    knee_loads,
    load_per_m,
    load_per_step,
    run_share,
)
from features.stream_measures import Segments

PAGE = Path(__file__).resolve().parents[2] / "docs" / "knee_load.md"

# What was done, speed (m/s), grade (degrees), cadence (1 = usual), and the papers' ratio to the reference, if told.
# Van Hooren 2024, Table 2, MPa·s/km: 2.78 m/s 787, 3.00 742, 3.33 697, 4.00 628, 5.00 552; at 2.78 m/s
# −6 962, −3 850, +3 733, +6 703; at 3.33 m/s −10 steps/min 694, +10 steps/min 679 (taken as ±6 % of 165).
# Hagen 2023 at 10 km/h: usual cadence 470.1, −10 % 528.1, +10 % 406.3 MPa·s/km.
# Willson 2014 at 3.7 m/s: steps 10 % shorter −7.5 % a mile, 10 % longer +14 %.
CASES: tuple[tuple[str, float, float, float, float | None], ...] = (
    ("level, 2.78 m/s", 2.78, 0, 1.0, 787 / 787),
    ("level, 3.00 m/s", 3.00, 0, 1.0, 742 / 787),
    ("level, 3.33 m/s", 3.33, 0, 1.0, 697 / 787),
    ("level, 4.00 m/s", 4.00, 0, 1.0, 628 / 787),
    ("level, 5.00 m/s", 5.00, 0, 1.0, 552 / 787),
    ("6° down, 2.78 m/s", 2.78, -6, 1.0, 962 / 787),
    ("3° down, 2.78 m/s", 2.78, -3, 1.0, 850 / 787),
    ("3° up, 2.78 m/s", 2.78, 3, 1.0, 733 / 787),
    ("6° up, 2.78 m/s", 2.78, 6, 1.0, 703 / 787),
    ("cadence −6 %, 3.33 m/s", 3.33, 0, 0.94, 694 / 787),
    ("cadence +6 %, 3.33 m/s", 3.33, 0, 1.06, 679 / 787),
    ("steps 10 % longer, 2.78 m/s", 2.78, 0, 1 / 1.1, 1.14),
    ("steps 10 % shorter, 2.78 m/s", 2.78, 0, 1 / 0.9, 0.925),
    ("cadence −10 %, 2.78 m/s", 2.78, 0, 0.9, 528.1 / 470.1),
    ("cadence +10 %, 2.78 m/s", 2.78, 0, 1.1, 406.3 / 470.1),
    ("6° down, 4.00 m/s", 4.00, -6, 1.0, None),
    ("6° up, 4.00 m/s, cadence +10 %", 4.00, 6, 1.1, None),
    ("6° down, 5.00 m/s, cadence −10 %", 5.00, -6, 0.9, None),
)


def per_m(speed: float, degrees: float, cadence: float, *exponents: float) -> float:
    grade = tan(radians(degrees))
    return float(load_per_m(np.array([speed]), np.array([grade]), np.array([cadence]), *exponents)[0])


def table() -> list[str]:
    """The lines of the table in docs/knee_load.md."""
    lines = ["| case | here | paper | deviation |", "| --- | --- | --- | --- |"]
    for what, speed, degrees, cadence, paper in CASES:
        here = per_m(speed, degrees, cadence)
        told = (
            "– | –" if paper is None else f"{paper:.3f} | {round(100 * (here / paper - 1), 1) + 0.0:+.1f} %"
        )
        lines.append(f"| {what} | {here:.3f} | {told} |")
    return lines


def test_the_printed_table_is_what_the_formula_gives() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [line for line in table() if line not in page] == []


def test_cases_worked_by_hand() -> None:
    assert per_m(2.78, 0, 1) == 1
    assert per_m(5.56, 0, 1) == per_m(5.0, 0, 1)  # held to the fastest that was measured
    assert per_m(3.33, 0, 1) == pytest.approx(0.8973, abs=1e-4)  # (3.33 ÷ 2.78)^-0.6 = 1.19784^-0.6
    assert per_m(4.00, 0, 1) == pytest.approx(0.8039, abs=1e-4)  # 1.43885^-0.6
    assert per_m(2.78, -4.5, 1) == pytest.approx(1.151)  # half-way between 1.080 and 1.222
    assert per_m(2.78, 1.5, 1) == pytest.approx(0.9655)  # half-way between 1 and 0.931
    assert per_m(2.78, 0, 0.9) == pytest.approx(1.0822, abs=1e-4)  # 0.9^-0.75
    assert per_m(2.78, 0, 1.1) == pytest.approx(0.9310, abs=1e-4)  # 1.1^-0.75
    assert per_m(4.00, -6, 0.9) == pytest.approx(0.8039 * 1.222 * 1.0822, abs=1e-3)


def test_the_papers_are_met_within_what_their_spread_allows() -> None:
    for what, speed, degrees, cadence, paper in CASES:
        if paper is not None and "longer" not in what:
            assert per_m(speed, degrees, cadence) == pytest.approx(paper, rel=0.08), what
    # of all studies longer steps came out worst; the range of the exponent reaches it
    assert per_m(2.78, 0, 1 / 1.1, 0.6, 1.4) == pytest.approx(1.14, rel=0.005)


def test_speed_lowers_the_load_of_a_kilometre_and_raises_that_of_a_step() -> None:
    """Doyle 2025, 2.5 to 4.2 m/s: −9.3 to −33.6 % a kilometre, +9.3 to +35.6 % a step."""
    assert 1 - per_m(4.2, 0, 1) / per_m(2.5, 0, 1) == pytest.approx(0.268, abs=0.001)  # 1 - 1.68^-0.6
    speeds, usual = np.array([2.5, 4.2]), np.ones(2)
    slow, fast = load_per_step(speeds, usual)
    assert fast / slow - 1 == pytest.approx(0.296, abs=0.001)  # 1.68^0.5


def test_a_quicker_cadence_lowers_the_load_of_a_step() -> None:
    quick = load_per_step(np.array([2.78]), np.array([1.1]))
    assert quick == pytest.approx(0.811, abs=0.001)  # 1.1^-2.2; Lenhart 2014: −14 %, Willson 2014: −22 %


def test_outside_what_was_measured_the_load_is_held_and_said_to_be() -> None:
    level, usual = np.zeros(4), np.ones(4)
    speeds = np.array([2.1, 2.2, 5.0, 5.1])
    assert list(is_extrapolated(speeds, level, usual)) == [True, False, False, True]
    assert load_per_m(speeds, level, usual)[0] == load_per_m(speeds, level, usual)[1]
    steep = np.tan(np.radians([-6.01, -5.99, 5.99, 6.01]))
    assert list(is_extrapolated(np.full(4, 3.0), steep, usual)) == [True, False, False, True]
    assert load_per_m(np.full(4, 2.78), steep, usual) == pytest.approx([1.222, 1.222, 0.893, 0.893], abs=1e-3)
    cadence = np.array([0.8, 0.91, 1.09, 1.2])
    assert list(is_extrapolated(np.full(4, 3.0), level, cadence)) == [True, False, False, True]
    assert load_per_m(np.full(4, 2.78), level, cadence)[0] == pytest.approx(0.9**-0.75)


def test_what_is_not_known_is_taken_as_level_and_usual_and_is_not_outside() -> None:
    unknown = np.array([np.nan])
    assert load_per_m(np.array([2.78]), unknown, unknown) == pytest.approx(1)
    assert not is_extrapolated(np.array([2.78]), unknown, unknown)


def test_walking_is_told_by_speed_or_by_cadence() -> None:
    speeds = np.array([1.4, 1.8, 2.0, 2.2, 1.4, 1.4, 3.0])
    cadences = np.array([np.nan, np.nan, np.nan, np.nan, 150.0, 140.0, 100.0])
    assert run_share(speeds, cadences) == pytest.approx([0, 0, 0.5, 1, 1, 0.5, 1])


# --- whole workouts ---


def stretch(
    speed: float = 2.78,
    degrees: float = 0.0,
    cadence: float = 170.0,
    metres: float = 100.0,
    walked: float = 0.0,
) -> tuple[float, ...]:
    """One stretch; ``walked`` metres of it at 1.4 m/s."""
    ran_s = (metres - walked) / speed
    return metres, ran_s + walked / 1.4, tan(radians(degrees)), cadence, np.nan, walked, walked / 1.4


def loads(
    *workouts: list[tuple[float, ...]], usual_spm: float = 170.0, distance_m: float = np.nan
) -> KneeLoads:
    rows = np.array([row for workout in workouts for row in workout]).reshape(-1, 7)
    which = np.repeat(np.arange(len(workouts)), [len(workout) for workout in workouts])
    return knee_loads(
        Segments(*rows.T), np.full(len(rows), usual_spm), which, np.full(len(workouts), distance_m)
    )


def test_the_reference_run_is_as_long_as_it_is() -> None:
    found = loads([stretch()] * 50)
    assert found.knee_equivalent_m == pytest.approx(5000)
    assert found.knee_peak_load == pytest.approx(1)
    assert (found.knee_equivalent_low_m, found.knee_equivalent_high_m) == (pytest.approx(5000),) * 2
    assert found.knee_grade_known_share == found.knee_cadence_known_share == pytest.approx(1)
    assert found.knee_extrapolated_share == found.walking_m == pytest.approx(0)


def test_workouts_in_a_row_do_not_mix() -> None:
    found = loads([stretch(degrees=-6)] * 10, [], [stretch(degrees=6)] * 20)
    assert found.knee_equivalent_m == pytest.approx([1222, np.nan, 1786], nan_ok=True)
    assert np.isnan(found.knee_peak_load[1])
    assert np.isnan(found.walking_m[1])


def test_the_bounds_are_those_of_the_whole_run() -> None:
    """4 m/s with a cadence a tenth low: both exponents count, against each other."""
    found = loads([stretch(speed=4.0, cadence=153.0)] * 10)
    speed, cadence = 4.0 / 2.78, 0.9
    assert found.knee_equivalent_m == pytest.approx(1000 * speed**-0.6 * cadence**-0.75)
    assert found.knee_equivalent_low_m == pytest.approx(1000 * speed**-0.9 * cadence**-0.45)
    assert found.knee_equivalent_high_m == pytest.approx(1000 * speed**-0.6 * cadence**-1.4)


def test_the_peak_is_that_of_the_hardest_stretch() -> None:
    found = loads([stretch()] * 30 + [stretch(speed=4.0)])
    assert found.knee_peak_load == pytest.approx((4.0 / 2.78) ** 0.5)


def test_walking_counts_at_its_own_rate_and_is_no_share_of_the_run() -> None:
    found = loads([stretch(), stretch(walked=100.0, cadence=np.nan, degrees=20), stretch(walked=50.0)])
    assert found.walking_m == pytest.approx(150)
    assert found.knee_equivalent_m == pytest.approx(150 + 0.27 * 150)
    assert found.knee_extrapolated_share == pytest.approx(0)
    assert found.knee_cadence_known_share == pytest.approx(1)


def test_without_enough_grade_the_load_is_unknown_and_the_step_is_not() -> None:
    known, unknown = stretch(), stretch(degrees=np.nan)
    four_fifths, less = loads([known] * 8 + [unknown] * 2), loads([known] * 7 + [unknown] * 3)
    assert four_fifths.knee_equivalent_m == pytest.approx(1000)
    assert np.isnan(less.knee_equivalent_m)
    assert np.isnan(less.knee_equivalent_low_m)
    assert less.knee_grade_known_share == pytest.approx(0.7)
    assert less.knee_peak_load == pytest.approx(1)


def test_without_a_habit_cadence_counts_as_usual_and_is_not_known() -> None:
    found = loads([stretch(cadence=150.0)] * 10, usual_spm=np.nan)
    assert found.knee_equivalent_m == pytest.approx(1000)
    assert found.knee_cadence_known_share == pytest.approx(0)


def test_what_the_samples_miss_of_the_way_loads_like_the_rest() -> None:
    """Of 1,100 m a position that was lost and caught up left 1,000 m; of 2,000 m half is too little to go by."""
    stretches = [stretch(degrees=-6)] * 9 + [stretch(walked=100.0)]
    assert loads(stretches, distance_m=1_100.0).knee_equivalent_m == pytest.approx(1.1 * (900 * 1.222 + 27))
    assert loads(stretches, distance_m=1_100.0).walking_m == pytest.approx(110)
    half = loads(stretches, distance_m=2_000.0)
    assert np.isnan(half.knee_equivalent_m)
    assert half.knee_grade_known_share == pytest.approx(0.5)


def test_a_run_that_was_all_walked_needs_no_grade() -> None:
    found = loads([stretch(walked=100.0, degrees=np.nan)] * 10)
    assert found.knee_equivalent_m == pytest.approx(270)
    assert np.isnan(found.knee_grade_known_share)
