"""What an athlete decides about files and activities, and that a rebuild changes none of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pipelines_cli import PROJECT, answer, kneewise

from pipelines.sources.reading import read_workouts

JONAS = PROJECT / "data_samples" / "jonas"
LAST_WEEKS = sorted(JONAS.glob("2026-1[01]-*"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Jonas's last weeks, with a GPX of his long run beside the watch's own file."""
    folder = tmp_path / "in"
    folder.mkdir()
    for path in LAST_WEEKS:
        shutil.copy(path, folder)
    home = tmp_path / "home"
    kneewise("athlete", "add", "Jo", "--zone", "Europe/Berlin", home=home)
    done = kneewise("sync", folder, home=home)
    assert done.returncode == 0, done.stderr
    return home


def long_run(home: Path) -> dict[str, object]:
    (run,) = [
        a for a in answer("activities", home=home) if a["day"] == "2026-11-14" and a["sport"] == "running"
    ]
    return dict(run)


def test_a_rejected_file_counts_no_more_until_it_is_accepted(home: Path) -> None:
    run = long_run(home)
    (file,) = [f for f in answer("files", home=home) if run["id"] in f["activity_ids"]]
    rejected = kneewise("files", "reject", file["sha256"][:12], home=home)
    assert rejected.returncode == 0, rejected.stderr
    assert run["id"] not in {a["id"] for a in answer("activities", home=home)}
    (told,) = [f for f in answer("files", home=home) if f["sha256"] == file["sha256"]]
    assert (told["decision"], told["activity_ids"]) == ("reject", [])
    assert answer("why", home=home)["level"] != "elevated"
    kneewise("files", "accept", file["sha256"][:12], home=home)
    assert long_run(home) == run


def test_a_hash_must_name_one_file(home: Path) -> None:
    nobody = kneewise("files", "reject", "zzzz", home=home)
    assert nobody.returncode != 0
    assert "no file has a sha256 that starts with 'zzzz'" in nobody.stderr


def test_an_activity_of_one_recording_cannot_be_taken_apart(home: Path) -> None:
    refused = kneewise("activities", "unmerge", str(long_run(home)["id"]), home=home)
    assert refused.returncode != 0
    assert "one recording" in refused.stderr


def test_a_rebuild_gives_the_same_numbers_and_keeps_what_was_decided(home: Path) -> None:
    run = long_run(home)
    kneewise("shoes", "add", "Blue", "--no-default", home=home)
    kneewise("shoes", "assign", "blue", str(run["id"]), home=home)
    before = [answer(*words, home=home) for words in (["files"], ["activities"], ["why"], ["shoes", "list"])]
    rebuilt = kneewise("rebuild", home=home)
    assert rebuilt.returncode == 0, rebuilt.stderr
    after = [answer(*words, home=home) for words in (["files"], ["activities"], ["why"], ["shoes", "list"])]
    assert after == before
    (summary,) = answer("sync", home.parent / "in", home=home)
    assert summary["outcomes"] == {}  # and every file is still known


def test_a_rebuild_and_a_sync_leave_the_logbook_as_it_was(home: Path) -> None:
    """Row by row, all tables: what people told is never touched by what is derived from it.

    What ran and how it ended is written beside it, and counted as a change.
    """
    of_the_program = ('INSERT INTO "job"', 'INSERT INTO "change"')
    kneewise("checkin", "--running", "2", home=home)
    kneewise("athlete", "check", "hips_level=no", home=home)
    kneewise("rpe", "last", "6", home=home)

    def told() -> list[str]:
        with closing(sqlite3.connect(home / "logbook.sqlite")) as db:
            return [row for row in db.iterdump() if not row.startswith(of_the_program)]

    before = told()
    assert any("self_check" in row and "hips_level" in row for row in before)
    assert kneewise("rebuild", home=home).returncode == 0
    assert kneewise("sync", home.parent / "in", home=home).returncode == 0
    assert told() == before


def test_a_lost_warehouse_is_made_again_from_the_originals(home: Path) -> None:
    before = answer("activities", home=home)
    for name in ("warehouse.duckdb", "published.duckdb"):
        (home / name).unlink()
    assert kneewise("rebuild", home=home).returncode == 0
    assert answer("activities", home=home) == before


def test_a_rebuild_refuses_to_lose_a_run_whose_original_is_gone(home: Path) -> None:
    before = answer("activities", home=home)
    next(p for p in (home / "originals").rglob("*/*") if p.is_file()).unlink()
    refused = kneewise("rebuild", home=home)
    assert refused.returncode != 0
    assert "1 originals are gone" in refused.stderr
    assert answer("activities", home=home) == before


def as_gpx(fit: Path, to: Path) -> None:
    """The same run as a phone would have recorded it: positions and times, nothing else."""
    (recording,) = read_workouts(fit.read_bytes(), fit.name).recordings
    track = recording.track
    points = [
        f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><time>'
        f"{(recording.started_at + timedelta(seconds=float(s))).isoformat()}</time></trkpt>"
        for s, lat, lon in zip(track.elapsed_s, track.latitude_deg, track.longitude_deg, strict=True)
        if lat == lat  # known
    ]
    to.write_text(
        '<gpx version="1.1" creator="phone" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><type>running</type><trkseg>{''.join(points)}</trkseg></trk></gpx>",
        encoding="utf-8",
    )


def test_the_run_of_watch_and_phone_is_one_until_it_is_taken_apart(home: Path) -> None:
    run = long_run(home)
    week = answer("why", "--day", "2026-11-15", home=home)
    as_gpx(next(JONAS.glob("2026-11-14-long*")), home.parent / "phone.gpx")
    (summary,) = answer("sync", home.parent / "phone.gpx", home=home)
    assert summary["outcomes"] == {"imported": 1}
    merged = long_run(home)
    assert merged["flags"] == ["merged"]
    assert len(merged["recordings"]) == 2  # type: ignore[arg-type]
    ignoring = ("flags", "recordings", "sources")
    assert {k: v for k, v in merged.items() if k not in ignoring} == {
        k: v for k, v in run.items() if k not in ignoring
    }
    assert answer("why", "--day", "2026-11-15", home=home) == week  # counted once

    assert kneewise("activities", "unmerge", str(run["id"]), home=home).returncode == 0
    apart = [a for a in answer("activities", home=home) if a["day"] == "2026-11-14"]
    assert [a["flags"] == ["merged"] for a in apart] == [False, False]
    assert spike(answer("why", "--day", "2026-11-15", home=home)) == pytest.approx(spike(week), rel=0.02)

    assert kneewise("activities", "unmerge", str(run["id"]), "--undo", home=home).returncode == 0
    assert long_run(home) == merged


def spike(told: dict[str, Any]) -> float:
    """The observed ratio behind the reason for one long run: minutes recorded twice are no spike."""
    (observed,) = [float(r["observed"]) for r in told["reasons"] if r["code"] == "session_spike"]
    return observed
