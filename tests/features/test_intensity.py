"""Training impulse, zones and time above the threshold, worked by hand for single workouts.

Half an hour at 150, rest 50, highest 190: x = 100 / 140 = 0.714286. A man's weight is
0.64·e^(1.92 × 0.714286) = 0.64·e^1.371429 = 0.64 × 3.94098 = 2.52223, so 30 × 0.714286 × 2.52223 = 54.05 points; a
woman's is 0.86·e^(1.67 × 0.714286) = 0.86·e^1.192857 = 0.86 × 3.29649 = 2.83498, so 60.75.
"""

from __future__ import annotations

import numpy as np
import pytest

from features.intensity import IntensityLoads, References, intensity_load
from features.stream_measures import HIGHEST_BPM, LOWEST_BPM
from features.training_log import Column, Sex

NAN = float("nan")
SILENT = np.full(HIGHEST_BPM - LOWEST_BPM + 1, NAN)


def beats(**seconds_at: float) -> Column:
    """``beats(at_150=1800)``: seconds at each heart rate."""
    measured = np.zeros(HIGHEST_BPM - LOWEST_BPM + 1)
    for name, seconds in seconds_at.items():
        measured[int(name.removeprefix("at_")) - LOWEST_BPM] = seconds
    return measured


def loads(
    heart_rate_s: Column = SILENT,
    *,
    moving_s: float = 1800.0,
    stretches: tuple[tuple[float, float], ...] = (),
    resting: float = 50,
    highest: float = 190,
    threshold: float = 170,
    critical_speed: float = 4.0,
    sex: Sex | None = Sex.MALE,
) -> IntensityLoads:
    """One workout; ``stretches`` are (metres, seconds)."""
    references = References(
        *(np.array([float(value)]) for value in (resting, highest, threshold, critical_speed)), [sex]
    )
    distance, seconds = np.array(stretches, dtype=np.float64).reshape(-1, 2).T
    return intensity_load(
        heart_rate_s[np.newaxis],
        np.array([moving_s]),
        distance,
        seconds,
        np.zeros(len(stretches), dtype=np.intp),
        references,
    )


HALF_AN_HOUR_AT_150 = beats(at_150=1800)


@pytest.mark.parametrize(("sex", "points"), [(Sex.MALE, 54.05), (Sex.FEMALE, 60.75)])
def test_the_training_impulse_of_men_and_women_is_as_worked_above(sex: Sex, points: float) -> None:
    assert loads(HALF_AN_HOUR_AT_150, sex=sex).trimp_banister[0] == pytest.approx(points, abs=0.005)


@pytest.mark.parametrize("sex", [Sex.OTHER, None])
def test_for_another_or_untold_sex_it_is_the_mean_of_both(sex: Sex | None) -> None:
    assert loads(HALF_AN_HOUR_AT_150, sex=sex).trimp_banister[0] == pytest.approx(57.40, abs=0.005)


def test_the_mean_of_both_is_near_either_at_a_runners_heart_rates() -> None:
    for bpm in range(106, 191):  # x from 0.4 to 1
        ran = beats(**{f"at_{bpm}": 1800})
        man, woman, both = (loads(ran, sex=sex).trimp_banister[0] for sex in (Sex.MALE, Sex.FEMALE, None))
        assert both == pytest.approx(man, rel=0.11)
        assert both == pytest.approx(woman, rel=0.11)


def test_the_reserve_ends_at_rest_and_at_the_highest() -> None:
    assert loads(beats(at_45=1800)).trimp_banister[0] == 0
    assert loads(beats(at_200=60), moving_s=60).trimp_banister[0] == pytest.approx(0.64 * np.exp(1.92))


def test_without_a_resting_or_highest_heart_rate_there_is_no_banister() -> None:
    assert np.isnan(loads(HALF_AN_HOUR_AT_150, resting=NAN).trimp_banister[0])
    assert np.isnan(loads(HALF_AN_HOUR_AT_150, highest=NAN).trimp_banister[0])
    assert np.isnan(loads(HALF_AN_HOUR_AT_150, resting=190).trimp_banister[0])
    assert loads(HALF_AN_HOUR_AT_150, resting=NAN).trimp_edwards[0] == 90


def test_each_zone_is_a_tenth_of_the_highest_and_counts_its_number() -> None:
    # 190: zones from 95, 114, 133, 152 and 171
    ran = beats(at_94=60, at_95=60, at_113=60, at_114=120, at_133=180, at_152=240, at_171=300, at_195=60)
    measured = loads(ran, moving_s=1080)
    assert list(measured.zone_s[0]) == [120, 120, 180, 240, 360]
    assert measured.trimp_edwards[0] == 2 * 1 + 2 * 2 + 3 * 3 + 4 * 4 + 6 * 5


def test_time_above_the_threshold_is_told_from_the_heart_first() -> None:
    measured = loads(beats(at_169=600, at_170=60, at_180=240), moving_s=900, stretches=((9000, 900),))
    assert measured.high_intensity_s[0] == 300
    assert measured.intensity_from[0] == "heart_rate"


def test_pace_stands_in_and_is_said_to() -> None:
    for measured in (
        loads(stretches=((400, 90), (300, 100))),
        loads(beats(at_180=1200), threshold=NAN, stretches=((400, 90), (300, 100))),
        loads(beats(at_180=1200), stretches=((400, 90), (300, 100))),  # a sensor lost after 20 of 30 minutes
    ):
        assert measured.high_intensity_s[0] == 90
        assert measured.intensity_from[0] == "pace"


def test_where_neither_tells_it_is_unknown_and_not_zero() -> None:
    for measured in (loads(), loads(stretches=((400, 90),), critical_speed=NAN)):
        assert np.isnan(measured.high_intensity_s[0])
        assert measured.intensity_from[0] is None
        assert np.isnan(measured.zone_s[0]).all()
        assert np.isnan(measured.pace_zone_s[0]).all()


def test_an_easy_run_has_a_true_zero_above_the_threshold() -> None:
    assert loads(HALF_AN_HOUR_AT_150).high_intensity_s[0] == 0


def test_half_a_workout_with_a_heart_rate_is_no_easy_workout() -> None:
    lost = loads(beats(at_150=1400), moving_s=1800)  # 0.78
    assert np.isnan(lost.trimp_banister[0]) and np.isnan(lost.trimp_edwards[0])
    assert loads(beats(at_150=1440), moving_s=1800).trimp_edwards[0] == 72
    assert loads(beats(at_150=1440), moving_s=NAN).trimp_edwards[0] == 72


def test_pace_zones_are_shares_of_critical_speed() -> None:
    # 4 m/s: zones from 0, 2.8, 3.2, 3.6 and 4.0 m/s
    stretches = tuple((speed * 100, 100.0) for speed in (1.5, 2.7, 2.9, 3.3, 3.7, 4.0, 4.5))
    assert list(loads(stretches=stretches).pace_zone_s[0]) == [200, 100, 100, 100, 200]


def test_many_workouts_at_once_are_each_as_alone() -> None:
    references = References(
        np.array([50, 60, NAN]),
        np.array([190, 180, 185]),
        np.array([170, NAN, 168]),
        np.array([4, 3.5, NAN]),
        [Sex.MALE, "female", None],
    )
    heart = np.stack([HALF_AN_HOUR_AT_150, SILENT, beats(at_175=600)])
    together = intensity_load(
        heart,
        np.array([1800, 1200, 600]),
        np.array([400, 350, 300, 100]),
        np.array([100.0, 100, 100, 0]),
        np.array([0, 1, 1, 2]),
        references,
    )
    assert together.trimp_banister == pytest.approx([54.05, NAN, NAN], abs=0.005, nan_ok=True)
    assert together.high_intensity_s == pytest.approx([0, 100, 600], nan_ok=True)
    assert list(together.intensity_from) == ["heart_rate", "pace", "heart_rate"]
    assert together.pace_zone_s[:, 2:].tolist()[:2] == [[0, 0, 100], [100, 0, 100]]
    assert np.isnan(together.pace_zone_s[2]).all()  # nothing in motion, and no critical speed


def test_no_workouts_are_no_loads() -> None:
    nothing, none = np.empty(0), np.empty(0, dtype=np.intp)
    empty = intensity_load(
        np.empty((0, HIGHEST_BPM - LOWEST_BPM + 1)),
        nothing,
        nothing,
        nothing,
        none,
        References(nothing, nothing, nothing, nothing, []),
    )
    assert len(empty.trimp_banister) == 0
    assert empty.zone_s.shape == empty.pace_zone_s.shape == (0, 5)
