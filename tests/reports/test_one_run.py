"""One run's page: what is known with its unit, what is not known with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from features.training_log import Flag
from reports.one_run import render_run
from reports.run_story import RunStory, WornPair
from reports.wording import Measure

HILLY = RunStory(
    id="abc",
    started_at=datetime(2026, 11, 14, 8, 4, tzinfo=UTC),
    zone="Europe/Berlin",
    day=date(2026, 11, 14),
    sport="running",
    sub_sport="trail",
    distance_m=20_000.0,
    duration_s=7500.0,
    moving_s=7200.0,
    ascent_m=480.0,
    descent_m=480.0,
    mean_heart_rate_bpm=144.0,
    mean_cadence_spm=165.0,
    device=None,
    flags=(),
    knee_equivalent_m=22_000.0,
    knee_equivalent_low_m=21_500.0,
    knee_equivalent_high_m=22_500.0,
    knee_peak_load=1.31,
    knee_grade_known_share=1.0,
    knee_cadence_known_share=0.98,
    knee_extrapolated_share=0.04,
    walking_m=800.0,
    trimp_banister=None,
    trimp_edwards=511.0,
    high_intensity_s=840.0,
    intensity_from="heart_rate",
    zone_s=(0.0, 240.0, 2340.0, 3720.0, 900.0),
    pace_zone_s=None,
    warm_up_ratio=0.92,
    cool_down_ratio=None,
    cadence_drop=0.021,
    stance_balance_percent=50.4,
    stance_balance_change=0.6,
    surfaces=(("natural", 0.6), ("unknown", 0.4), ("hard", 0.0)),
    surface_source="map",
    surface_confidence=0.9,
    rpe=7,
    recovery=None,
    shoes=(WornPair("Red racer", 0.75, "hand"), WornPair("Blue", 0.25, "rule 2")),
)


def page(run: RunStory, units: str = "km") -> str:
    return render_run(run, Measure(units))


def test_knee_load_is_told_with_its_range_and_what_it_rests_on() -> None:
    told = page(HILLY)
    assert "As much as 22.0 km on the level at an easy pace, 1.10 × its own length (21.5 to 22.5 km" in told
    assert "Highest load of a step: 1.31 ×" in told
    assert "grade on 100 % of the way and cadence on 98 % of the way" in told
    assert "4 % of it was faster, slower or steeper than the studies went" in told
    assert "0.8 km of it walked" in told


@pytest.mark.parametrize(
    ("sub_sport", "flags", "because"),
    [
        ("generic", (Flag.ELEVATION_FROM_GPS,), "altitude comes from GPS"),
        ("generic", (Flag.ELEVATION_MISSING,), "it has no altitude"),
        ("treadmill", (), "the incline of a treadmill is not recorded"),
        ("generic", (), "not known for enough of the way"),
    ],
)
def test_an_unknown_knee_load_says_why_and_that_distance_stands_in(
    sub_sport: str, flags: tuple[Flag, ...], because: str
) -> None:
    told = page(replace(HILLY, knee_equivalent_m=None, sub_sport=sub_sport, flags=flags))
    assert because in told
    assert "Distance stands in for it." in told
    assert "As much as" not in told


def test_ground_and_shoes_are_shares_and_unknown_ground_stays_unknown() -> None:
    told = page(HILLY)
    assert "Ground: natural 60 %; not known 40 %, from the map" in told
    assert "Shoes: Red racer for 75 % of it (hand)" in told
    unknown = page(replace(HILLY, surfaces=(("unknown", 1.0),), surface_source="unknown", shoes=()))
    assert "Ground: not known" in unknown
    assert "Shoes" not in unknown.split("GROUND AND SHOES")[1]


def test_steadiness_and_intensity_are_in_words() -> None:
    told = page(HILLY)
    assert "Above your threshold by heart rate: 14 min" in told
    assert "First ten minutes at 92 % of the speed between them" in told
    assert "Last ten minutes" not in told
    assert "Cadence at like speed fell by 2.1 %" in told
    assert "Cadence at like speed held" in page(replace(HILLY, cadence_drop=-0.0001))
    assert "It felt 7 of 10 hard" in told


def test_a_ride_has_no_knee_load_and_miles_are_miles() -> None:
    assert "WHAT THE KNEE FELT" not in page(replace(HILLY, sport="cycling", surfaces=()))
    assert "13.7 mi on the level" in page(HILLY, "mi")
