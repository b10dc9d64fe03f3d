"""The time zone of a place."""

from __future__ import annotations

import pytest

from pipelines.sources.place import place_zone


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (59.33, 18.07, "Europe/Stockholm"),
        (-33.87, 151.21, "Australia/Sydney"),
        (40.71, -74.01, "America/New_York"),
    ],
)
def test_a_city_has_its_zone(latitude: float, longitude: float, zone: str) -> None:
    assert place_zone(latitude, longitude) == zone


def test_off_the_globe_there_is_none() -> None:
    assert place_zone(100.0, 18.0) is None
    assert place_zone(float("nan"), 18.0) is None
