"""What a map's tags say of a way."""

from __future__ import annotations

import numpy as np
import pytest

from features import surfaces
from features.surfaces import CLASSES, GROUP_OF, TABLE, is_run_on, kind_of


def said(learned_km: dict[str, float] | None = None, **tags: str) -> dict[str, float]:
    """Class → probability, of the classes that are possible; ``_`` stands for ``:`` in a key's name."""
    told = {key.replace("__", ":"): value for key, value in tags.items()}
    km = {
        kind_of({"highway": "path", "surface": value}): length for value, length in (learned_km or {}).items()
    }
    found = surfaces.shares(kind_of(told), surfaces.learned(km))
    assert found.sum() == pytest.approx(1)
    return {name: share for name, share in zip(CLASSES, found.tolist(), strict=True) if share > 0}


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("asphalt", "paved"),
        ("sett", "cobble"),
        ("compacted", "compact"),
        ("gravel", "gravel"),
        ("ground", "trail"),
        ("grass", "soft"),
        ("tartan", "track"),
        ("wood", "wood"),
    ],
)
def test_a_surface_tag_is_believed_whatever_the_way(surface: str, name: str) -> None:
    assert said(highway="path", surface=surface) == {name: 1.0}
    assert kind_of({"highway": "path", "surface": surface}).is_explicit


def test_what_is_underfoot_comes_before_what_is_beside_it() -> None:
    assert said(highway="path", surface="asphalt", footway__surface="gravel") == {"gravel": 1.0}


def test_of_a_list_each_value_has_its_share() -> None:
    assert said(highway="track", surface="asphalt;gravel") == {"paved": 0.5, "gravel": 0.5}
    assert said(highway="track", surface="asphalt; lava") == {"paved": 1.0}


def test_unpaved_is_a_guess_among_what_is_not_paved() -> None:
    kind = kind_of({"highway": "residential", "surface": "unpaved"})
    assert not kind.is_explicit
    assert {GROUP_OF[name] for name in said(highway="residential", surface="unpaved")} == {"firm", "natural"}


def test_a_value_that_nobody_knows_is_no_surface_tag() -> None:
    assert said(highway="path", surface="lava") == said(highway="path")
    assert not kind_of({"highway": "path", "surface": "lava"}).is_explicit


def test_no_tag_is_never_silently_asphalt() -> None:
    assert said(highway="path")["paved"] < 0.1  # 124 km of tagged paths: 7 %
    assert said(highway="residential")["paved"] > 0.9
    assert max(said(highway="track").values()) < 0.5  # a coin toss, and it stays one
    assert len(said(highway="street_of_the_future")) > 1


def test_a_region_teaches_what_its_own_ways_are() -> None:
    # 97.5 km of tagged paths, all of them asphalt, beside the 2.5 km that the table counts for
    usual = dict(zip(CLASSES, surfaces.usual_shares()["path"].tolist(), strict=True))
    learned = said({"asphalt": 97.5}, highway="path")
    assert learned["paved"] == pytest.approx((97.5 + 2.5 * usual["paved"]) / 100)
    assert learned["trail"] == pytest.approx(2.5 * usual["trail"] / 100)
    # a list counts by halves, a guess teaches nothing
    assert said({"asphalt;ground": 97.5}, highway="path")["paved"] == pytest.approx(
        (97.5 / 2 + 2.5 * usual["paved"]) / 100
    )
    assert said({"unpaved": 500.0}, highway="path") == pytest.approx(said(highway="path"))


def test_farm_tracks_count_and_motorways_do_not() -> None:
    assert is_run_on({"highway": "track", "access": "agricultural"})
    assert is_run_on({"highway": "footway"})
    assert not is_run_on({"highway": "motorway"})
    assert not is_run_on({"highway": "construction"})
    assert not is_run_on({"leisure": "park"})


def test_a_track_for_runners_counts_and_one_for_horses_does_not() -> None:
    assert is_run_on({"leisure": "track"})
    assert is_run_on({"leisure": "track", "sport": "soccer;athletics"})
    assert not is_run_on({"leisure": "track", "sport": "horse_racing"})
    assert max(said(leisure="track"), key=said(leisure="track").__getitem__) == "track"


def test_the_table_speaks_of_its_own_classes_alone() -> None:
    assert set(TABLE["surface"].values()) <= {*CLASSES, surfaces.UNPAVED}
    for row in TABLE["pattern"]:
        assert set(row["km"]) <= set(CLASSES)
    names = [row["name"] for row in TABLE["pattern"]]
    assert len(set(names)) == len(names)
    assert TABLE["pattern"][-1]["when"] == {}
    assert all(np.isclose(usual.sum(), 1) for usual in surfaces.usual_shares().values())
