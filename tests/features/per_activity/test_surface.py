"""The surface, as far as the sub-sport says."""

from __future__ import annotations

import pytest
from recording_builder import recording

from features.per_activity.surface import surface_of
from features.training_log import Surface


@pytest.mark.parametrize(
    ("sub_sport", "surface"),
    [
        ("street", Surface.HARD),
        ("road", Surface.HARD),
        ("trail", Surface.SOFT),
        ("treadmill", Surface.TREADMILL),
        ("indoor_running", Surface.TREADMILL),
        ("track", Surface.UNKNOWN),
        ("generic", Surface.UNKNOWN),
        (None, Surface.UNKNOWN),
    ],
)
def test_the_sub_sport_of_a_run_tells_its_surface(sub_sport: str | None, surface: Surface) -> None:
    assert surface_of(recording(sub_sport=sub_sport)) == surface


def test_a_road_ride_has_no_running_surface() -> None:
    assert surface_of(recording(sport="cycling", sub_sport="road")) == Surface.UNKNOWN
