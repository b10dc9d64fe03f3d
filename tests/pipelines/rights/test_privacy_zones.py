"""No position near the home is given away, and the edge of what is hidden does not point at it."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from features.per_activity.gps_distance import EARTH_RADIUS_M, haversine_m
from features.training_log import Column, Track
from pipelines.privacy_zones import DISC, MOST_OFFSET, RADII_M, Zone, around, hidden, without

RUNS = 200
Hides = Callable[[Column, Column], np.ndarray]


def beside(latitude: float, longitude: float, east_m: Column, north_m: Column) -> tuple[Column, Column]:
    """Positions so far east and north of a place."""
    shrink = math.cos(math.radians(latitude))
    east = longitude + np.degrees(east_m / EARTH_RADIUS_M) / shrink
    return latitude + np.degrees(north_m / EARTH_RADIUS_M), (east + 180) % 360 - 180


def from_home_m(home: tuple[float, float], latitude: Column, longitude: Column) -> Column:
    """There and back to each of them, every second leg."""
    there = (
        np.column_stack([np.full_like(c, h), c]).ravel()
        for h, c in zip(home, (latitude, longitude), strict=True)
    )
    return haversine_m(*there)[::2]


@settings(max_examples=150, deadline=None)
@given(
    home=some.tuples(some.floats(-75, 75), some.floats(-180, 179.999)),
    radius_m=some.sampled_from(RADII_M),
    seed=some.integers(0, 2**32),
)
def test_no_position_within_the_radius_of_the_home_is_shown(
    home: tuple[float, float], radius_m: float, seed: int
) -> None:
    zone = around(*home, radius_m, random.Random(seed))
    rng = np.random.default_rng(seed)
    bearing, away = rng.uniform(0, 2 * np.pi, 300), radius_m * np.sqrt(rng.uniform(0, 25, 300))
    away[:50] = radius_m * rng.uniform(0.97, 1.0, 50)  # just within the edge
    latitude, longitude = beside(*home, away * np.sin(bearing), away * np.cos(bearing))
    shown = ~hidden([zone], latitude, longitude)
    assert np.all(from_home_m(home, latitude[shown], longitude[shown]) > radius_m)
    far = from_home_m(home, latitude, longitude) > (DISC + MOST_OFFSET) * radius_m + 600
    assert np.all(shown[far])  # and what is far away is shown


def test_the_radius_is_hidden_however_unlucky_the_draw() -> None:
    home = (52.5, 13.4)
    bearing = np.linspace(0, 2 * np.pi, 720)
    for seed in range(300):
        zone = around(*home, 200.0, random.Random(seed))
        edge = beside(*home, 200.0 * np.sin(bearing), 200.0 * np.cos(bearing))
        assert hidden([zone], *edge).all()


def a_run_past(home: tuple[float, float]) -> Track:
    """From 3 km west through the home's street to 3 km east."""
    east = np.linspace(-3000, 3000, 1201)
    latitude, longitude = beside(*home, east, np.full_like(east, 20.0))
    known = {"latitude_deg": latitude, "longitude_deg": longitude, "distance_m": east + 3000}
    return Track.of(np.arange(1201.0), **known, heart_rate_bpm=np.full(1201, 150.0))


def test_a_pass_in_the_middle_of_a_run_is_hidden_and_nothing_else_changes() -> None:
    home = (52.5, 13.4)
    track = a_run_past(home)
    trimmed = without(track, [around(*home, 300.0, random.Random(1))])
    gone = np.isnan(trimmed.latitude_deg)
    assert not gone[0] and not gone[-1] and gone[550:650].all()
    for field in fields(Track):
        before, after = getattr(track, field.name), getattr(trimmed, field.name)
        kept = ~gone if field.name.endswith("_deg") else slice(None)
        assert np.array_equal(before[kept], after[kept], equal_nan=True)


def test_the_same_street_is_cut_at_the_same_place_each_time() -> None:
    """Else the innermost of many cuts would be the edge."""
    home = (52.5, 13.4)
    zone = around(*home, 300.0, random.Random(2))
    once, again = (np.isnan(without(a_run_past(home), [zone]).latitude_deg) for _ in range(2))
    assert np.array_equal(once, again)


def test_two_zones_of_the_same_home_are_drawn_apart() -> None:
    first, second = (around(52.5, 13.4, 300.0) for _ in range(2))
    assert first != second and first.secret != second.secret


def simulated_ends(home: tuple[float, float], hides: Hides, seed: int, ways: int = 6) -> Column:
    """Where 200 winding runs from the door are first seen, in metres east and north of the home.

    They leave by some usual ways, one more usual than the other, as the streets go.
    """
    rng = np.random.default_rng(seed)
    usual = rng.choice(rng.uniform(0, 2 * np.pi, ways), (RUNS, 1), p=rng.dirichlet(np.ones(ways)))
    heading = usual + rng.normal(0, 0.2, (RUNS, 1)) + np.cumsum(rng.normal(0, 0.03, (RUNS, 800)), axis=1)
    steps = 5.0 * np.stack([np.sin(heading), np.cos(heading)])
    east, north = np.cumsum(steps, axis=2) + rng.normal(0, 4.0, (2, RUNS, 800))
    shown = ~hides(*beside(*home, east.ravel(), north.ravel())).reshape(RUNS, 800)
    seen = np.flatnonzero(shown.any(axis=1))
    first = shown[seen].argmax(axis=1)
    return np.column_stack([east[seen, first], north[seen, first]])


def guesses(ends: Column) -> list[Column]:
    """Where somebody who has the ends would look: their mean, their median, and the middle of the best circle."""
    design = np.column_stack([2 * ends, np.ones(len(ends))])
    fitted = np.linalg.lstsq(design, (ends**2).sum(axis=1), rcond=None)[0][:2]
    return [ends.mean(axis=0), np.median(ends, axis=0), fitted]


def test_a_plain_circle_around_the_home_gives_it_away_to_the_metre() -> None:
    """The attack works: this is what zones without an offset are worth."""
    home = (52.5, 13.4)

    def circle(latitude: Column, longitude: Column) -> np.ndarray:
        return from_home_m(home, latitude, longitude) <= 500.0

    errors = [float(np.hypot(*guess)) for guess in guesses(simulated_ends(home, circle, 3))]
    assert min(errors) < 5.0


@pytest.mark.parametrize("radius_m", [300.0, 500.0])
def test_the_ends_of_200_runs_do_not_put_the_home_in_the_middle(radius_m: float) -> None:
    home = (52.5, 13.4)
    errors = []
    for seed in range(8):
        zone = around(*home, radius_m, random.Random(seed))
        found = guesses(simulated_ends(home, lambda a, b, z=zone: hidden([z], a, b), seed))
        errors.append(min(float(np.hypot(*guess)) for guess in found))
    # the offset is 0.6 to 0.9 of the radius, and so is the error, give or take a street
    assert min(errors) > 0.25 * radius_m
    assert np.median(errors) > 0.4 * radius_m


def test_unknown_positions_are_in_no_zone_and_an_empty_track_is_no_trouble() -> None:
    zone = Zone(52.5, 13.4, 300.0, "ab")
    nan = np.array([np.nan, 52.5])
    assert hidden([zone], nan, np.array([13.4, np.nan])).tolist() == [False, False]
    assert len(without(Track.empty(), [zone])) == 0


@pytest.mark.parametrize("longitude", [179.999, -179.999])
def test_a_home_at_the_date_line_is_hidden_on_both_sides(longitude: float) -> None:
    zone = around(-16.8, longitude, 300.0, random.Random(4))
    shown = ~hidden([zone], *beside(-16.8, longitude, np.linspace(-290, 290, 50), np.zeros(50)))
    assert not shown.any()
