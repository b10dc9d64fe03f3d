"""``kneewise surface`` as a user meets it: a run, a map, one's own word, and no map at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mini_map import Places, walk, write_map
from pipelines_cli import answer, kneewise

ROAD: Places = [(-450, 0), (450, 0)]
TRAIL: Places = [(450, 0), (450, 400)]
STARTED = datetime(2026, 11, 14, 7, 30, tzinfo=UTC)


def write_gpx(path: Path, places: Places) -> Path:
    track = walk(places)
    points = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><time>{STARTED + timedelta(seconds=float(at)):%Y-%m-%dT%H:%M:%SZ}'
        "</time></trkpt>"
        for at, lat, lon in zip(track.elapsed_s, track.latitude_deg, track.longitude_deg, strict=True)
    )
    gpx = '<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">'
    path.write_text(f"{gpx}<trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada's one run: 900 m of road, then 400 m of trail."""
    folder = tmp_path_factory.mktemp("home")
    kneewise("athlete", "add", "Ada", "--zone", "Europe/Berlin", home=folder)
    synced = kneewise("sync", write_gpx(folder / "run.gpx", [*ROAD, TRAIL[1]]), home=folder)
    assert synced.returncode == 0, synced.stderr
    return folder


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ways = [(ROAD, {"highway": "residential", "surface": "asphalt"}), (TRAIL, {"highway": "path"})]
    return write_map(tmp_path_factory.mktemp("map") / "village.osm", ways)


def the_run(home: Path) -> str:
    return str(answer("activities", home=home)[0]["id"])


def test_from_no_map_to_a_map_to_ones_own_word(home: Path, village: Path) -> None:
    run = the_run(home)
    assert answer("surface", "show", run, home=home)["source"] == "unknown"
    assert "No region yet" in kneewise("surface", "list", home=home).stdout
    (area,) = answer("surface", "needed", home=home)
    assert area["runs"] == 1
    assert area["west"] < 8.0 < area["east"]
    told = kneewise("surface", "needed", home=home).stdout
    assert "kneewise surface add" in told
    assert "download.geofabrik.de" in told

    (region,) = answer("surface", "add", village, home=home)
    assert (region["name"], region["ways"], region["runs"]) == ("village", 2, 1)
    assert answer("surface", "needed", home=home) == []
    found = answer("surface", "show", run, home=home)
    assert (found["source"], found["region"]) == ("map", "village")
    assert found["hard_share"] == pytest.approx(9 / 13, abs=0.06)
    assert found["explicit_share"] == pytest.approx(9 / 13, abs=0.03)
    assert "OpenStreetMap" in found["attribution"]
    assert found["stretches"][0]["class"] == "paved"
    text = kneewise("surface", "show", run, "--stretches", home=home).stdout
    for word in ("hard", "Confidence", "inferred", "OpenStreetMap"):
        assert word in text

    told_so = answer("surface", "tell", run, "natural", home=home)
    assert (told_so["source"], told_so["natural_share"]) == ("told", 1.0)
    assert answer("surface", "tell", run, "forget", home=home)["source"] == "map"


def test_an_old_map_is_warned_of(home: Path, village: Path) -> None:
    added = kneewise("surface", "add", village, "--dated", "2024-06-01", home=home)
    assert added.returncode == 0
    assert "more than 18 months older than a run of 2026-11-14" in added.stderr
    assert "2024-06-01" in added.stdout


def test_mistakes_end_in_one_line_that_says_what_to_do(home: Path, tmp_path: Path) -> None:
    for words, says in (
        (("tell", the_run(home), "lava"), "Say one of: hard, firm, natural, track, treadmill"),
        (("tell", "nope", "hard"), "there is no run 'nope'"),
        (("show", "nope"), "there is no run 'nope'"),
        (("add", tmp_path / "none.osm.pbf"), "is no file"),
    ):
        done = kneewise("surface", *words, home=home)
        assert done.returncode != 0
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_without_the_extra_everything_else_works_and_it_is_said(
    home: Path, village: Path, tmp_path: Path
) -> None:
    for name in ("osmium", "shapely"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('not installed')", encoding="utf-8")
    without = {"PYTHONPATH": str(tmp_path)}
    refused = kneewise("surface", "add", village, home=home, env=without)
    assert refused.returncode != 0
    assert "kneewise[surface]" in refused.stderr
    run = write_gpx(tmp_path / "another.gpx", [*ROAD, (0, 0)])
    synced = kneewise("sync", run, home=home, env=without)
    assert synced.returncode == 0, synced.stderr
    listed = kneewise("surface", "list", home=home, env=without)
    assert listed.returncode == 0
    assert "new runs are not matched" in listed.stderr
