"""Readers that are not ours open every sample without complaint and find what the manifest says."""

from __future__ import annotations

import hashlib
import io
import math
import warnings
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from xml.etree import ElementTree

import fitdecode
import pytest
from sample_manifest import SAMPLES, Listed, listed

Rows = list[dict[str, Any]]

GPX = "{http://www.topografix.com/GPX/1/1}"
TPX = "{http://www.garmin.com/xmlschemas/TrackPointExtension/v1}"

FIT_WORKOUTS = [row for row in listed() if row.kind == "activity" and ".gpx" not in row.path]
GPX_WORKOUTS = [row for row in listed() if row.kind == "activity" and ".gpx" in row.path]
_NOTED = (
    "mara/2026-06-14-long.fit",  # also saved under a second name
    "mara/2026-06-20-easy.fit.gz",  # begins after midnight
    "mara/2026-10-25-long.fit",  # on the day the clocks go back
    "jonas/2026-06-13-LONG.FIT",
    "jonas/2026-09-01-easy.fit",  # without heart rate
    "jonas/2026-11-14-long.fit.gz",
)
_ODD_SPORTS = ("ride", "walk", "strength", "treadmill")
A_FEW = [row for row in FIT_WORKOUTS if row.path in _NOTED] + [
    next(row for row in FIT_WORKOUTS if kind in row.path) for kind in _ODD_SPORTS
]


def strictly(data: bytes) -> dict[str, Rows]:
    """All messages by name; any fault in framing, checksum or field sizes is an error here."""
    found: dict[str, Rows] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reader = fitdecode.FitReader(
            io.BytesIO(data),
            check_crc=fitdecode.CrcCheck.RAISE,
            error_handling=fitdecode.ErrorHandling.RAISE,
        )
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                found.setdefault(frame.name, []).append({f.name: f.value for f in frame.fields})
    return found


def named(path: str) -> Listed:
    return next(row for row in listed() if row.path == path)


def agrees(row: Listed, messages: dict[str, Rows]) -> None:
    (session,), (activity,) = messages["session"], messages["activity"]
    assert messages["file_id"][0]["type"] == "activity"
    assert session["sport"] == row.sport
    assert session.get("sub_sport", "generic") == row.sub_sport
    assert session.get("total_distance") == pytest.approx(row.distance_m)
    assert session.get("total_descent") == row.descent_m
    assert session["total_elapsed_time"] == row.elapsed_s
    assert session["total_timer_time"] == row.timer_s
    assert session["start_time"] == datetime.fromisoformat(row.started_at)
    assert session["num_laps"] == len(messages["lap"])
    records = messages["record"]
    assert records[0]["timestamp"] == session["start_time"]
    assert (records[-1]["timestamp"] - records[0]["timestamp"]).total_seconds() == row.elapsed_s
    assert records[-1].get("distance") == pytest.approx(row.distance_m)
    assert sum(lap.get("total_distance", 0.0) for lap in messages["lap"]) == pytest.approx(
        row.distance_m or 0
    )
    assert timer_seconds(messages["event"]) == row.timer_s
    assert (session["start_time"] + offset_of(activity)).date() == row.day


def timer_seconds(events: Rows) -> float:
    """Seconds the timer ran, from its start and stop events."""
    total, started = 0.0, None
    for event in events:
        if event["event_type"] == "start":
            started = event["timestamp"]
        else:
            assert started is not None, "the timer stopped twice"
            total, started = total + (event["timestamp"] - started).total_seconds(), None
    assert started is None, "the timer still runs at the end"
    return total


def offset_of(activity: dict[str, Any]) -> timedelta:
    difference = activity["local_timestamp"].replace(tzinfo=None) - activity["timestamp"].replace(tzinfo=None)
    assert isinstance(difference, timedelta)
    return difference


def test_the_files_on_disk_are_those_of_the_manifest() -> None:
    on_disk = {
        f"{folder}/{file.name}" for folder in ("mara", "jonas") for file in (SAMPLES / folder).iterdir()
    }
    assert on_disk == {row.path for row in listed()}
    for row in listed():
        assert hashlib.sha256((SAMPLES / row.path).read_bytes()).hexdigest() == row.sha256, row.path


def test_the_folder_stays_small() -> None:
    assert sum((SAMPLES / row.path).stat().st_size for row in listed()) < 4_000_000


@pytest.mark.parametrize("row", A_FEW, ids=lambda row: row.path)
def test_a_strict_decoder_finds_the_totals_of_the_manifest(row: Listed) -> None:
    agrees(row, strictly(row.content()))


@pytest.mark.slow
def test_a_strict_decoder_finds_the_totals_of_the_manifest_in_every_fit_file() -> None:
    for row in FIT_WORKOUTS:
        agrees(row, strictly(row.content()))


@pytest.mark.parametrize("row", GPX_WORKOUTS, ids=lambda row: row.path)
def test_a_gpx_file_is_well_formed_and_as_long_as_the_run(row: Listed) -> None:
    root = ElementTree.fromstring(row.content())
    points = list(root.iter(f"{GPX}trkpt"))
    times = [datetime.fromisoformat(point.findtext(f"{GPX}time", "")) for point in points]
    assert times == sorted(times)
    assert (times[-1] - times[0]).total_seconds() == row.elapsed_s
    walked = sum(metres(a, b) for s in root.iter(f"{GPX}trkseg") for a, b in pairwise(s))
    assert walked == pytest.approx(row.distance_m, rel=0.02)
    assert all(point.findtext(f".//{TPX}hr") for point in points)
    assert 75 < median(int(point.findtext(f".//{TPX}cad", "0")) for point in points) < 100


def metres(a: ElementTree.Element, b: ElementTree.Element) -> float:
    (lat1, lon1), (lat2, lon2) = ((float(p.attrib["lat"]), float(p.attrib["lon"])) for p in (a, b))
    east = math.radians(lon2 - lon1) * math.cos(math.radians(lat1))
    return 6_371_000.0 * math.hypot(math.radians(lat2 - lat1), east)


def test_a_gpx_pause_starts_a_segment() -> None:
    paused = [row for row in GPX_WORKOUTS if row.elapsed_s != row.timer_s]
    assert paused
    for row in paused:
        assert len(list(ElementTree.fromstring(row.content()).iter(f"{GPX}trkseg"))) > 1


def test_running_cadence_is_in_strides_as_watches_write_it() -> None:
    for path in ("mara/2026-06-14-long.fit", "jonas/2026-06-13-LONG.FIT"):
        records = strictly(named(path).content())["record"]
        assert 80 < median(record["cadence"] for record in records) < 92
    assert {record["fractional_cadence"] for record in records} == {0.0, 0.5}


def test_indoor_work_has_no_position_and_strength_has_no_distance() -> None:
    treadmill, strength = (
        next(r for r in FIT_WORKOUTS if kind in r.path) for kind in ("treadmill", "strength")
    )
    indoors = strictly(treadmill.content())
    assert not any("position_lat" in record for record in indoors["record"])
    assert indoors["session"][0]["sub_sport"] == "treadmill"
    lifting = strictly(strength.content())
    assert not any("distance" in record for record in lifting["record"])
    assert "total_distance" not in lifting["session"][0]


def test_the_night_run_belongs_to_the_runners_own_day() -> None:
    night = named("mara/2026-06-20-easy.fit.gz")
    assert night.started_at.startswith("2026-06-19T22:")


def test_the_cut_file_ends_where_the_manifest_says() -> None:
    (row,) = (row for row in listed() if row.kind == "truncated")
    kept: Rows = []
    with pytest.raises(fitdecode.FitEOFError):
        for frame in fitdecode.FitReader(io.BytesIO(row.content())):
            if isinstance(frame, fitdecode.FitDataMessage):
                assert frame.name != "session"
                if frame.name == "record":
                    kept.append({f.name: f.value for f in frame.fields})
    assert kept[-1]["distance"] == pytest.approx(row.distance_m)
    assert (kept[-1]["timestamp"] - kept[0]["timestamp"]).total_seconds() == row.elapsed_s


def test_the_second_copy_is_the_same_file() -> None:
    (copy,) = (row for row in listed() if row.kind == "duplicate")
    original = named(copy.path.replace(" (1)", ""))
    assert copy.sha256 == original.sha256


@pytest.mark.parametrize("kind", ["settings", "course"])
def test_what_is_not_a_workout_says_so(kind: str) -> None:
    (row,) = (row for row in listed() if row.kind == kind)
    messages = strictly(row.content())
    assert messages["file_id"][0]["type"] == kind
    assert "session" not in messages
