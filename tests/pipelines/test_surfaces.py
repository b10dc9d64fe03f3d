"""Runs on a small map: which way they were on, what that is made of, and what nobody can know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from mini_map import Places, oval, walk, write_map
from training import run

from features.surfaces import GROUP_OF
from features.training_log import Surface, Track
from pipelines import settings
from pipelines.errors import KneewiseError
from pipelines.sources.reading import read_workouts
from pipelines.surfaces.matching import SurfaceMatch, match_track
from pipelines.surfaces.needed import areas_needed
from pipelines.surfaces.network import around
from pipelines.surfaces.new_runs import match_new
from pipelines.surfaces.region import Region, name_of, prepare, regions
from pipelines.warehouse import store, writing
from pipelines.warehouse.surfaces import OutdoorRun

ROAD: Places = [(-450, 0), (0, 0), (450, 0)]
TRAIL: Places = [(-450, 25), (450, 25)]  # beside the road, as a forest path beside a street
FARM: Places = [(0, 0), (0, -200), (0, -450)]  # from the middle of the road into the fields
MIXED: Places = [(-450, 200), (450, 200)]
ROUGH: Places = [(-450, 300), (450, 300)]
GUESS: Places = [(-450, 400), (450, 400)]
VILLAGE: Sequence[tuple[Places, dict[str, str]]] = [
    (ROAD, {"highway": "residential", "surface": "asphalt"}),
    (TRAIL, {"highway": "path", "surface": "ground"}),
    (FARM, {"highway": "track", "surface": "gravel", "access": "agricultural"}),
    (MIXED, {"highway": "track", "surface": "asphalt;grass"}),
    (ROUGH, {"highway": "track", "surface": "unpaved"}),
    (GUESS, {"highway": "path"}),
    ([(-450, -300), (450, -300)], {"highway": "motorway", "surface": "asphalt"}),
]
LAPS = oval(np.arange(0, 4_000, 3.0)) - (400, 200)  # on a track that the map does not have
UNMAPPED: Places = [(100, -150), (400, -150)]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Region:
    folder = tmp_path_factory.mktemp("village")
    return prepare(write_map(folder / "Village.osm", VILLAGE), folder / "regions")


def matched(region: Region, track: Track) -> SurfaceMatch:
    found = match_track(track, around(region, region.cells), region)
    assert sum(found.shares.values()) == pytest.approx(1)
    rests_on = (found.explicit_share, found.inferred_share, found.off_network_share, found.no_position_share)
    assert sum(rests_on) == pytest.approx(1)
    return found


def on(found: SurfaceMatch) -> dict[str, float]:
    """Group → share, of those with at least two per cent."""
    groups: dict[str, float] = {}
    for name, share in found.shares.items():
        group = GROUP_OF.get(name, name)
        groups[group] = groups.get(group, 0.0) + share
    return {group: round(share, 2) for group, share in groups.items() if share >= 0.02}


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_path_beside_a_road_is_told_from_it(village: Region, seed: int) -> None:
    road, trail = matched(village, walk(ROAD, seed)), matched(village, walk(TRAIL, seed))
    assert road.shares["paved"] > 0.97
    assert trail.shares["trail"] > 0.97
    for found, way in ((road, 1), (trail, 2)):
        assert found.explicit_share > 0.95
        assert found.confidence > 0.95
        assert {s.way for s in found.stretches} == {way}


def test_a_turn_from_the_road_into_the_fields_is_seen_where_it_is(village: Region) -> None:
    # 450 m of asphalt, then 450 m of gravel that only farmers may drive on
    found = matched(village, walk([(-450, 0), (0, 0), (0, -450)], seed=7))
    assert on(found) == {"hard": pytest.approx(0.5, abs=0.03), "firm": pytest.approx(0.5, abs=0.03)}
    assert [(s.surface, s.way) for s in found.stretches] == [("paved", 1), ("gravel", 3)]
    assert found.stretches[0].to_m == pytest.approx(450, abs=25)


def test_a_list_of_surfaces_has_a_share_for_each(village: Region) -> None:
    assert on(matched(village, walk(MIXED))) == {"hard": 0.5, "natural": 0.5}


def test_unpaved_and_untagged_ways_are_guesses_and_say_so(village: Region) -> None:
    rough, guess = matched(village, walk(ROUGH)), matched(village, walk(GUESS))
    assert "hard" not in on(rough)
    assert rough.inferred_share > 0.97
    assert guess.inferred_share > 0.97
    assert guess.confidence < 0.95  # the village's one tagged path is a trail; few others say so
    assert not any(s.is_explicit for s in (*rough.stretches, *guess.stretches))


def test_where_the_map_has_no_way_the_surface_is_unknown(village: Region) -> None:
    found = matched(village, walk(UNMAPPED))
    assert on(found) == {"unknown": 1.0}
    assert found.off_network_share > 0.98
    assert [s.surface for s in found.stretches] == ["unknown"]


def test_nobody_runs_on_a_motorway(village: Region) -> None:
    assert on(matched(village, walk([(-450, -300), (-50, -300)]))) == {"unknown": 1.0}


def test_a_long_stretch_without_positions_is_unknown_and_a_short_one_is_bridged(village: Region) -> None:
    def without(track: Track, first_m: float, last_m: float) -> Track:
        lost = (track.distance_m > first_m) & (track.distance_m < last_m)
        return replace(
            track,
            latitude_deg=np.where(lost, np.nan, track.latitude_deg),
            longitude_deg=np.where(lost, np.nan, track.longitude_deg),
        )

    whole = walk(ROAD)
    long_gap = matched(village, without(whole, 300, 600))
    assert on(long_gap) == {"hard": pytest.approx(2 / 3, abs=0.02), "unknown": pytest.approx(1 / 3, abs=0.02)}
    assert long_gap.no_position_share == pytest.approx(1 / 3, abs=0.01)
    assert [s.surface for s in long_gap.stretches] == ["paved", "unknown", "paved"]
    assert on(matched(village, without(whole, 300, 450))) == {"hard": 1.0}
    late = matched(village, without(whole, -1, 300))  # no fix for the first third
    assert late.no_position_share == pytest.approx(1 / 3, abs=0.01)
    assert late.stretches[0].surface == "unknown"


def test_metres_are_the_devices(village: Region) -> None:
    found = matched(village, walk([(-450, 0), (0, 0), (0, -450)], stretch=1.1))
    assert found.stretches[0].from_m == 0
    assert found.stretches[-1].to_m == pytest.approx(990)
    assert [s.from_m for s in found.stretches[1:]] == [s.to_m for s in found.stretches[:-1]]
    # and between positions where no device counted
    no_counter = replace(walk(ROAD), distance_m=np.full(301, np.nan))
    assert matched(village, no_counter).stretches[-1].to_m == pytest.approx(900, rel=1e-3)


def test_laps_are_on_a_track_that_the_map_does_not_have(village: Region) -> None:
    found = matched(village, walk([tuple(place) for place in LAPS]))
    assert found.shares["track"] == pytest.approx(0.9, abs=0.02)
    assert [s.surface for s in found.stretches] == ["track"]
    assert found.explicit_share < 0.02


def test_nothing_is_known_without_two_positions(village: Region) -> None:
    for track in (Track.empty(), Track.of(np.arange(10.0), distance_m=np.arange(10.0))):
        assert on(matched(village, track)) == {"unknown": 1.0}


def test_a_region_keeps_what_it_was_made_of(village: Region) -> None:
    about = village.about
    assert (about.name, about.file, about.ways) == ("village", "Village.osm", 6)
    assert about.km == pytest.approx(5 * 0.9 + 0.45, rel=1e-3)
    assert about.tagged_share == pytest.approx((0.9 + 0.9 + 0.45 + 0.9) / 4.95, rel=1e-3)
    assert about.data_date == date(2026, 3, 1)  # the latest change, for the file tells no day
    assert "OpenStreetMap" in about.attribution
    assert len(about.sha256) == 64
    assert regions(village.folder.parent)[0].about == about


def test_a_day_told_beats_the_files(tmp_path: Path) -> None:
    file = write_map(tmp_path / "v.osm", VILLAGE)
    assert prepare(file, tmp_path / "r", date(2017, 7, 1)).about.data_date == date(2017, 7, 1)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.osm.pbf", b"rubbish" * 99, "may be damaged"),
        ("b.osm", b"<osm version='0.6'><node id='1' lat='1' lon='2'/>", "may be damaged"),
        ("c.osm.gz", b"", "may be damaged"),
        ("d.osm", b"<osm version='0.6'></osm>", "no streets or paths"),
        ("e.gpx", b"<gpx/>", "must end in"),
    ],
)
def test_a_wrong_file_is_refused_and_stores_nothing(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KneewiseError, match=says):
        prepare(tmp_path / name, tmp_path / "regions")
    with pytest.raises(KneewiseError, match="is no file"):
        prepare(tmp_path / "none.osm", tmp_path / "regions")
    assert regions(tmp_path / "regions") == ()


def test_a_region_is_called_after_its_file() -> None:
    names = {
        name_of(Path(name)) for name in ("Bremen-latest.osm.pbf", "bremen latest.OSM.GZ", "bremen-latest.pbf")
    }
    assert names == {"bremen-latest"}


def test_real_runs_are_on_what_an_independent_study_found(corpus: Path, tmp_path: Path) -> None:
    # per cent of hard, firm and natural ground, as an earlier matcher of another make had it from the same files
    known = {
        "hd-2019-09-18.fit": (54, 19, 27),
        "hd-910xt-2012.fit": (78, 10, 11),
        "hd-example.gpx": (95, 5, 0),
    }
    region = prepare(corpus / "osm" / "heidelberg.osm.pbf", tmp_path)
    network = around(region, region.cells)
    for name, shares in known.items():
        track = read_workouts((corpus / "tracks" / name).read_bytes(), name).recordings[0].track
        found = on(match_track(track, network, region))
        for group, share in zip(("hard", "firm", "natural"), shares, strict=True):
            assert 100 * found.get(group, 0) == pytest.approx(share, abs=3), (name, group)
    # a path on the map leads around the track, which the map does not have
    laps = (
        read_workouts((corpus / "tracks" / "hd-2016-08-17-track.fit").read_bytes(), "t.fit")
        .recordings[0]
        .track
    )
    assert on(match_track(laps, network, region))["track"] > 0.85


# --- the warehouse ----------------------------------------------------------


@pytest.fixture
def db() -> Iterator[store.Db]:
    with store.open_for_writing(Path(":memory:")) as connection:
        yield connection


def recorded(db: store.Db, track: Track, surface: Surface = Surface.UNKNOWN, sport: str = "running") -> str:
    """A recording with positions in the warehouse."""
    activity = replace(run(0, surface=surface, sport=sport), position_share=1.0, samples=len(track))
    row = writing.RecordingRow(activity, f"{activity.id:0<64}", "fit", datetime(2026, 1, 1))
    writing.write_batch(db, writing.Batch(recordings=[row], tracks=[(activity.id, track)]))
    return activity.id


def stored(db: store.Db) -> dict[str, str]:
    return dict(db.execute("select recording_id, made_of from surface_match").fetchall())


def test_runs_are_matched_once_and_again_when_the_map_changes(tmp_path: Path, db: store.Db) -> None:
    home = settings.load(tmp_path)
    first = recorded(db, walk(ROAD))
    match_new(db, home)
    assert stored(db) == {}  # no map, no harm
    file = write_map(tmp_path / "village.osm", VILLAGE)
    prepare(file, home.regions_path)
    match_new(db, home)
    once = stored(db)
    assert list(once) == [first]
    db.execute("update surface_match set confidence = 0.123")
    second = recorded(db, walk(TRAIL))
    match_new(db, home)
    kept = dict(db.execute("select recording_id, confidence = 0.123 from surface_match").fetchall())
    assert kept == {first: True, second: False}
    # the road was dug up
    prepare(write_map(file, [(ROAD, {"highway": "track", "surface": "mud"})]), home.regions_path)
    match_new(db, home)
    assert db.execute("select soft > 0.9 from surface_match where recording_id = ?", [first]).fetchone() == (
        True,
    )
    assert all(made_of != once[first] for made_of in stored(db).values())
    segments = db.execute("select class, way from surface_segment where recording_id = ?", [first]).fetchall()
    assert segments == [("soft", 1)]


def test_indoor_virtual_and_far_away_runs_and_rides_are_not_matched(tmp_path: Path, db: store.Db) -> None:
    home = settings.load(tmp_path)
    prepare(write_map(tmp_path / "village.osm", VILLAGE), home.regions_path)
    recorded(db, walk(ROAD), surface=Surface.TREADMILL)  # what virtual ones are read as
    recorded(db, walk(ROAD), sport="cycling")
    recorded(db, walk([(20_000, 0), (21_000, 0)]))
    match_new(db, home)
    assert stored(db) == {}


def test_an_interrupted_preparation_leaves_the_old_map(tmp_path: Path) -> None:
    folder = tmp_path / "regions"
    file = write_map(tmp_path / "village.osm", VILLAGE)
    before = prepare(file, folder).about
    file.write_bytes(b"<osm")
    with pytest.raises(KneewiseError):
        prepare(file, folder)
    assert [region.about for region in regions(folder)] == [before]


def test_every_class_has_its_column(db: store.Db) -> None:
    columns = {row[0] for row in db.execute("describe surface_match").fetchall()}
    assert {*GROUP_OF, "unknown"} <= columns


def outdoor(name: str, *cells: int) -> OutdoorRun:
    return OutdoorRun(name, "ada", "", date(2026, 5, int(name)), cells, None)


def test_runs_without_a_map_are_told_as_boxes(village: Region) -> None:
    here = min(village.cells)
    north = 36_000  # one row of cells
    areas = areas_needed([outdoor("1", here)], [village])
    assert areas == ()
    far, farther = here + 200 * north, here + 210 * north
    areas = areas_needed(
        [outdoor("1", here), outdoor("2", far), outdoor("3", farther), outdoor("4", here + 900)], [village]
    )
    assert [(a.runs, a.first_day.day, a.last_day.day) for a in areas] == [(2, 2, 3), (1, 4, 4)]
    # the village's first cell begins at 49.00 north, 7.99 east; cells are 0.01 degrees, and there are 0.02 around
    assert (areas[0].west, areas[0].south) == (7.97, 50.98)
    assert (areas[0].east, areas[0].north) == (8.02, 51.13)
