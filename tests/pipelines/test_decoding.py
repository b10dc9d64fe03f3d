"""What a file becomes: its reason in words, and the way out where its clock was wrong."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from features.training_log import Flag
from pipelines.decoding import activity_id, decode

PROJECT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 16, tzinfo=UTC)
POINTS = [(48.0 + 0.0003 * n, 9.0) for n in range(120)]  # some 33 m each, every ten seconds


def gpx(started_at: datetime) -> bytes:
    points = "".join(
        f'<trkpt lat="{lat:.4f}" lon="{lon}"><time>{started_at + timedelta(seconds=10 * n):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for n, (lat, lon) in enumerate(POINTS)
    )
    return f"<gpx version='1.1'><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>".encode()


def test_a_run_dated_by_a_roll_over_is_offered_its_true_date() -> None:
    true_start = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
    decoded = decode(gpx(true_start - timedelta(weeks=1024)), "x.gpx", "ada", "UTC", "hash", NOW)
    assert decoded.outcome == "imported"
    # a GPX may truly be of 2006: only dates that no workout can have are doubted
    assert Flag.CLOCK_UNSET not in decoded.activities[0].flags


def test_a_run_of_the_future_does_not_count_and_says_how_it_may() -> None:
    decoded = decode(gpx(NOW + timedelta(days=30)), "x.gpx", "ada", "UTC", "hash", NOW)
    assert Flag.CLOCK_UNSET in decoded.activities[0].flags
    assert "kneewise files accept HASH --starts" in decoded.reason
    assert "roll-over" not in decoded.reason


def test_a_fit_file_from_before_there_was_fit_was_rolled_over() -> None:
    sample = PROJECT / "data_samples" / "jonas" / "2026-04-21-easy.fit"
    weeks = timedelta(weeks=1024)
    shifted = _shift_fit(sample.read_bytes(), weeks)
    decoded = decode(shifted, "x.fit", "ada", "UTC", "hash", NOW)
    (activity,) = decoded.activities
    assert Flag.CLOCK_UNSET in activity.flags
    assert activity.started_at.year == 2006
    assert "1,024 weeks later would fit" in decoded.reason
    assert "--starts 2026-04-21T" in decoded.reason


def test_the_name_of_a_recording_hangs_on_athlete_content_and_part_alone() -> None:
    names = {activity_id(a, c, p) for a in ("ada", "bea") for c in ("x", "y") for p in (0, 1)}
    assert len(names) == 8
    assert activity_id("ada", "x", 0) == activity_id("ada", "x", 0)


def _shift_fit(data: bytes, back: timedelta) -> bytes:
    """Every time stamp of 2026 in a FIT file moved back: FIT counts seconds since the end of 1989."""
    import numpy as np

    epoch = datetime(1989, 12, 31, tzinfo=UTC)
    low = int((datetime(2026, 4, 20, tzinfo=UTC) - epoch).total_seconds())
    high = int((datetime(2026, 4, 23, tzinfo=UTC) - epoch).total_seconds())
    moved = np.frombuffer(data, np.uint8).copy()
    at = 0
    while at + 4 <= len(moved):
        value = int.from_bytes(moved[at : at + 4].tobytes(), "little")
        if low <= value <= high:
            earlier = value - int(back.total_seconds())
            moved[at : at + 4] = np.frombuffer(earlier.to_bytes(4, "little"), np.uint8)
            at += 4
        else:
            at += 1
    return moved.tobytes()


@pytest.mark.parametrize("payload", [b"", b"<html>", b"PK\x03\x04", b"\x00" * 50])
def test_nothing_in_a_file_raises(payload: bytes) -> None:
    assert decode(payload, "x.fit", "ada", "UTC", "hash", NOW).outcome in ("ignored", "rejected")


def test_a_worker_loads_no_store() -> None:
    """Each worker process imports this module anew; a database would cost it a second."""
    code = (
        "import sys, pipelines.decoding; "
        "print(sorted({'duckdb', 'pandas', 'pyarrow', 'sqlalchemy', 'prefect'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert done.stdout.strip() == "[]"
