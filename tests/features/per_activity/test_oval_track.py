"""Laps of a 400 m track, told by their shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from mini_map import METRES_PER_DEGREE, oval

from features.per_activity.oval_track import on_oval_track, oval_track_share
from features.training_log import Column, Track
from pipelines.sources.reading import read_workouts


def path(places: Column, seed: int | None = None) -> Track:
    """A sample every 3 m or so; with a seed, a receiver that wanders by 2 m."""
    if seed is not None:
        rng = np.random.default_rng(seed)
        drift = np.zeros_like(places)
        for second in range(1, len(places)):
            drift[second] = 0.96 * drift[second - 1] + rng.normal(0, 0.5, 2)
        places = places + drift
    latitude = 49.0 + places[:, 1] / METRES_PER_DEGREE
    longitude = 8.0 + places[:, 0] / METRES_PER_DEGREE / np.cos(np.radians(49.0))
    return Track.of(np.arange(len(places), dtype=float), latitude_deg=latitude, longitude_deg=longitude)


def road(metres: float) -> Column:
    return np.column_stack([np.arange(0, metres, 3.0), np.zeros(int(np.ceil(metres / 3)))])


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_laps_of_a_standard_oval_are_on_a_track(seed: int | None) -> None:
    share = oval_track_share(path(oval(np.arange(0, 5_000, 3.0)), seed))
    assert share is not None
    assert share > 0.95


def test_the_way_there_and_back_is_not() -> None:
    there = road(2_000) - (2_000, 0)
    laps = oval(np.arange(0, 4_000, 3.0))
    run = path(np.vstack([there, laps, there[::-1]]))
    assert oval_track_share(run) == pytest.approx(0.5, abs=0.02)
    on_track = on_oval_track(run)
    assert on_track is not None
    assert not on_track[:600].any()
    assert on_track[700:1_900].all()


def test_a_road_a_circle_and_a_long_block_are_no_track() -> None:
    metres = np.arange(0, 5_000, 3.0)
    circle = 63.66 * np.column_stack([np.sin(metres / 63.66), np.cos(metres / 63.66)])
    at = metres % 400
    block = np.column_stack(
        [
            np.select([at < 150, at < 200, at < 350], [at, 150, 350 - at], 0),
            np.select([at < 150, at < 200, at < 350], [0, at - 150, 50], 400 - at),
        ]
    )
    for places in (road(5_000), circle, block):
        assert oval_track_share(path(places)) == 0


def test_three_laps_are_too_few_to_be_sure() -> None:
    assert oval_track_share(path(np.vstack([oval(np.arange(0, 1_200, 3.0)), road(4_000)]))) == 0


def test_without_positions_or_with_few_it_cannot_be_told() -> None:
    assert oval_track_share(Track.empty()) is None
    assert oval_track_share(Track.of(np.arange(100.0))) is None
    assert oval_track_share(path(oval(np.arange(0, 1_200, 3.0)))) is None


def test_real_runs_on_real_tracks_are_found(corpus: Path) -> None:
    def share(name: str) -> float:
        file = corpus / "tracks" / name
        found = oval_track_share(read_workouts(file.read_bytes(), name).recordings[0].track)
        assert found is not None
        return found

    # what the corpus' list says each run was; no map and no watch told
    for whole in (
        "hd-2016-08-17-track",
        "track-455543208208793600",
        "track-458853703500201986",
        "track-459854398670012418",
    ):
        assert share(f"{whole}.fit") > 0.95
    for part in ("parttrack-155913785.fit", "track-469898658066759697.fit"):
        assert 0.3 < share(part) < 0.9
    for none in ("hd-2019-09-14.fit", "hd-2019-09-18.fit", "hd-910xt-2012.fit", "2020-08-31-flat.fit"):
        assert share(none) == 0
