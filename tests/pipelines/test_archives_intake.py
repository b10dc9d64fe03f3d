"""Exports as they come: whole archives are taken in, with the titles, shoes and efforts that they know."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pipelines_cli import PROJECT, answer, kneewise

SAMPLES = PROJECT / "data_samples" / "jonas"
LONG, EASY = "2026-11-14-long.fit.gz", "2026-11-10-easy.fit.gz"

ACTIVITIES = """Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Activity Gear,Filename,Perceived Exertion
1,"Nov 14, 2026, 8:04:00 AM",Over the hill and far,Run,"two
lines",Brooks Ghost Red,activities/1.fit.gz,7.0
2,"Nov 10, 2026, 5:17:00 PM",Evening jog,Run,,Brooks Ghost Red,activities/2.fit.gz,
"""
SHOES = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nRed,Brooks,Ghost,Run\n"


@pytest.fixture
def strava(tmp_path: Path) -> Path:
    """A Strava bulk export of two runs, as it is downloaded."""
    path = tmp_path / "export_123.zip"
    longs = sorted(SAMPLES.glob("2026-11-1*.fit*"))
    assert len(longs) >= 3
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as export:
        export.writestr("activities.csv", ACTIVITIES)
        export.write(SAMPLES / LONG, "activities/1.fit.gz")
        export.write(next(SAMPLES.glob("2026-11-10-*")), "activities/2.fit.gz")
        export.writestr("shoes.csv", SHOES)
        export.writestr("media/photo.jpg", b"\xff\xd8\xff\xe0" + bytes(500))
    return path


def test_a_strava_export_brings_runs_titles_and_shoes(strava: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = kneewise("sync", strava, home=home)
    assert done.returncode == 0, done.stderr
    rows = {Path(r["path"]).name: r for r in answer("files", home=home)}
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "1.fit.gz": "imported",
        "2.fit.gz": "imported",
        "activities.csv": "ignored",
        "shoes.csv": "ignored",
        "photo.jpg": "ignored",
        "export_123.zip": "archive",
    }
    runs = {run["day"]: run for run in answer("activities", home=home)}
    assert runs["2026-11-14"]["name"] == "Over the hill and far"
    assert {run["shoe"] for run in runs.values()} == {"brooks-ghost-red"}
    (pair,) = answer("shoes", "list", home=home)
    assert (pair["name"], pair["bought_on"]) == ("Brooks Ghost Red", "2026-11-10")
    assert pair["distance_m"] == pytest.approx(sum(run["distance_m"] for run in runs.values()))


def test_an_exports_effort_counts_until_the_athlete_tells_another(strava: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    kneewise("sync", strava, home=home)
    long = answer("activities", "show", "last", home=home)
    easy = next(run for run in answer("activities", home=home) if run["day"] == "2026-11-10")
    assert (long["day"], long["rpe"], long["recovery"]) == ("2026-11-14", 7.0, None)
    assert answer("activities", "show", easy["id"], home=home)["rpe"] is None
    answer("rpe", "last", "4.5", home=home)
    kneewise("sync", strava, home=home)
    assert answer("activities", "show", "last", home=home)["rpe"] == 4.5


def test_an_archive_is_known_again_and_its_files_are_too(strava: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    kneewise("sync", strava, home=home)
    before = (answer("files", home=home), answer("activities", home=home))
    (again,) = answer("sync", strava, home=home)
    assert (again["known"], again["outcomes"]) == (1, {})
    loose = SAMPLES / LONG  # the same run, beside the archive
    (beside,) = answer("sync", loose, home=home)
    assert beside["outcomes"] == {"duplicate": 1}
    assert answer("activities", home=home) == before[1]


def test_an_unpacked_export_knows_its_titles_too(strava: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(strava) as export:
        export.extractall(folder)
    home = tmp_path / "home"
    kneewise("sync", folder, home=home)
    assert {run["name"] for run in answer("activities", home=home)} == {
        "Over the hill and far",
        "Evening jog",
    }


def test_a_correction_by_hand_survives_the_next_export(strava: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    kneewise("sync", strava, home=home)
    kneewise("shoes", "add", "Blue", "--no-default", home=home)
    (run,) = [a for a in answer("activities", home=home) if a["day"] == "2026-11-14"]
    kneewise("shoes", "assign", "blue", run["id"], home=home)
    with zipfile.ZipFile(strava, "a") as export:
        export.writestr("media/another.jpg", b"\xff\xd8\xff\xe0" + bytes(100))
    kneewise("sync", strava, home=home)
    (run,) = [a for a in answer("activities", home=home) if a["day"] == "2026-11-14"]
    assert run["shoe"] == "blue"


def test_a_garmin_export_is_zip_in_zip_and_settings_are_no_runs(tmp_path: Path) -> None:
    inner, outer = tmp_path / "UploadedFiles_0-_Part1.zip", tmp_path / "garmin.zip"
    with zipfile.ZipFile(inner, "w") as part:
        part.write(SAMPLES / LONG, "ada_123.fit.gz")
        part.write(PROJECT / "data_samples" / "mara" / "settings.fit", "ada_124.fit")
    with zipfile.ZipFile(outer, "w") as export:
        export.write(inner, f"DI_CONNECT/DI-Connect-Uploaded-Files/{inner.name}")
    home = tmp_path / "home"
    (summary,) = answer("sync", outer, home=home)
    assert summary["outcomes"] == {"imported": 1, "ignored": 1, "archive": 1}
    paths = [row["path"] for row in answer("files", home=home)]
    assert f"{outer}/DI_CONNECT/DI-Connect-Uploaded-Files/{inner.name}/ada_123.fit.gz" in paths


def test_a_bomb_is_refused_with_its_reason_and_syncing_again_is_harmless(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("zeros.fit", bytes(300 * 2**20))
    home = tmp_path / "home"
    for _ in range(2):
        assert kneewise("sync", bomb, home=home).returncode == 0
    reasons = {Path(row["path"]).name: (row["outcome"], row["reason"]) for row in answer("files", home=home)}
    assert reasons["zeros.fit"][0] == "rejected"
    assert answer("activities", home=home) == []
