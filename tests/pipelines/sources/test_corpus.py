"""Real files: what we count agrees with what the watch itself wrote, as another decoder reads it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fitdecode
import pytest

from features.per_activity.summary import summarise
from features.training_log import Activity, Flag
from pipelines.sources.content import content_of
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.place import place_zone
from pipelines.sources.reading import read_workouts

FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
SHARES = 8  # of the files that take long, so that several processes can divide them among themselves

# A flag that says why a total is not the watch's.
EXCUSES = {
    Flag.TRUNCATED, Flag.CRC_MISMATCH, Flag.REPAIRED, Flag.REBUILT_SESSION, Flag.ZERO_DURATION,
    Flag.DISTANCE_DISAGREES, Flag.DISTANCE_FROM_RECORDS, Flag.DISTANCE_FROM_GPS, Flag.DURATION_DISAGREES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One session message, as fitdecode reads it."""

    start: datetime | None
    distance_m: float | None
    elapsed_s: float | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the corpus' manifest."""

    path: Path
    format: str
    file_type: str
    notes: str
    size: int


def listed(corpus: Path) -> Iterator[Listed]:
    with (corpus / "MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Listed(
                corpus / row["path"], row["format"], row["file_type"], row["notes"], int(row["bytes"])
            )


def sessions_told(data: bytes) -> list[Told]:
    sessions: list[Told] = []
    reader = fitdecode.FitReader(
        data, check_crc=fitdecode.CrcCheck.DISABLED, error_handling=fitdecode.ErrorHandling.IGNORE
    )
    try:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "session":
                values = {
                    field.name: field.value
                    for field in frame.fields
                    if field.value is not None and not isinstance(field.field, fitdecode.types.DevField)
                }
                sessions.append(
                    Told(
                        moment(values.get("start_time")),
                        values.get("total_distance"),
                        values.get("total_elapsed_time"),
                    )
                )
    except (fitdecode.FitError, ValueError, KeyError):
        pass  # what it read before it gave up is still its word
    return sessions


def moment(value: datetime | int | None) -> datetime | None:
    """fitdecode leaves the times of a clock that was never set as seconds."""
    return FIT_EPOCH + timedelta(seconds=value) if isinstance(value, int) else value


def outcome(path: Path) -> tuple[str, list[Activity]]:
    try:
        found = read_workouts(path.read_bytes(), path.name)
    except NotAWorkout as refusal:
        assert refusal.reason.endswith(".")
        return "ignored", []
    except UnreadableWorkout as refusal:
        assert refusal.reason.endswith(".")
        return "rejected", []
    return "imported", [
        summarise(recording, activity_id="a", athlete="b", profile_zone="UTC", place_zone=place_zone)
        for recording in found.recordings
    ]


def disagreements(path: Path, activities: list[Activity]) -> Iterator[str]:
    """Sessions of the file that no activity agrees with or excuses."""
    for told in sessions_told(content_of(path.read_bytes())):
        if told.start is None:
            continue
        near = [a for a in activities if abs((a.started_at - told.start).total_seconds()) < 1]
        if not any(agrees(activity, told) or EXCUSES & set(activity.flags) for activity in near):
            yield f"{path.name}: {told} but {[(a.distance_m, a.duration_s, a.flags) for a in near]}"


def agrees(activity: Activity, told: Told) -> bool:
    distance = told.distance_m is None or (
        activity.distance_m is not None
        and abs(activity.distance_m - told.distance_m) <= 0.01 * told.distance_m
    )
    elapsed = told.elapsed_s is None or (
        activity.duration_s is not None and abs(activity.duration_s - told.elapsed_s) <= 2
    )
    return distance and elapsed


def expected_outcomes(row: Listed) -> set[str]:
    """What the manifest's own words allow."""
    if row.format == "zip" or row.file_type in {"settings", "workout", "weight", "monitoring_b", "course"}:
        return {"ignored"}
    if "no_trackpoints" in row.notes:
        return {"ignored", "rejected"}
    if row.format.startswith("gpx") and "no_time" in row.notes:
        return {"ignored", "rejected"} if "damaged" in row.path.parts else {"ignored"}
    if row.format == "fit" and row.file_type == "activity":
        return (
            {"imported", "rejected"}
            if "truncated" in row.notes or "damaged" in str(row.path)
            else {"imported"}
        )
    return {"imported", "ignored", "rejected"}


# Two files of other projects' tests whose samples have no time at all.
TIMELESS = {"tests__files__DeveloperData.fit", "testdata__TestEncode.fit"}


def check(rows: list[Listed]) -> None:
    wrong: list[str] = []
    for row in rows:
        found, activities = outcome(row.path)
        expected = {"rejected"} if row.path.name in TIMELESS else expected_outcomes(row)
        if row.format != "zip" and row.path.name.startswith("zip_named"):
            expected = {"ignored"}
        if found not in expected:
            wrong.append(f"{row.path.name}: {found}, expected {expected}")
        if activities and row.format in {"fit", "fit.gz"}:
            wrong += disagreements(row.path, activities)
    assert wrong == []


def public(corpus: Path) -> list[Listed]:
    return [row for row in listed(corpus) if row.path.is_relative_to(corpus / "public")]


def cross_section(rows: list[Listed]) -> list[Listed]:
    fixtures = [row for row in rows if "fixtures" in row.path.parts and row.size < 120_000]
    people = [row for row in rows if "fixtures" not in row.path.parts and row.size < 150_000]
    return fixtures + people[::12]


def test_a_cross_section_of_real_files_agrees_with_its_watches(corpus: Path) -> None:
    check(cross_section(public(corpus)))


def test_damaged_files_are_read_or_refused_by_name(corpus: Path) -> None:
    check([row for row in listed(corpus) if row.path.is_relative_to(corpus / "damaged")])


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_every_other_real_file_agrees_with_its_watch(corpus: Path, share: int) -> None:
    rows = public(corpus)
    seen = {row.path for row in cross_section(rows)}
    rest = sorted((row for row in rows if row.path not in seen), key=lambda row: (row.size, row.path))
    check(rest[share::SHARES])


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("fenix5run_trunc50.fit", {Flag.TRUNCATED, Flag.REBUILT_SESSION}),
        ("coros_trunc90.fit", {Flag.TRUNCATED, Flag.REBUILT_SESSION}),
        ("fenix5run_nocrc.fit", {Flag.CRC_MISSING}),
        ("fenix5run_badcrc.fit", {Flag.CRC_MISMATCH}),
        ("coros_bitflip_mid.fit", {Flag.CRC_MISMATCH}),
        ("coros_noise64.fit", {Flag.CRC_MISMATCH, Flag.TRUNCATED, Flag.REBUILT_SESSION}),
        ("fenix5run_zeros200.fit", {Flag.CRC_MISMATCH}),
        ("fenix5run_datasize0.fit", {Flag.REPAIRED}),
        ("coros_trailing_garbage.fit", {Flag.TRAILING_BYTES}),
        ("coros_hdrcrc0.fit", set()),
        ("fenix5run_chained.fit", set()),
        ("truncated_gzip.fit.gz", {Flag.TRUNCATED, Flag.REBUILT_SESSION}),
    ],
)
def test_each_damage_is_flagged_as_what_it_is(corpus: Path, name: str, ends: set[Flag]) -> None:
    (activity,) = outcome(corpus / "damaged" / name)[1]
    damage = {Flag.TRUNCATED, Flag.CRC_MISSING, Flag.CRC_MISMATCH, Flag.TRAILING_BYTES, Flag.REBUILT_SESSION}
    assert damage & set(activity.flags) == ends - {Flag.REPAIRED}
    assert ends <= set(activity.flags)


@pytest.mark.parametrize(
    "name", ["empty.fit", "html_error_page.fit", "json_error.fit", "header_only.fit", "gpx_xxe.gpx"]
)
def test_what_cannot_be_read_is_rejected(corpus: Path, name: str) -> None:
    assert outcome(corpus / "damaged" / name) == ("rejected", [])
