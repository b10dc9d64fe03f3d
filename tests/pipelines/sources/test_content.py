"""What a file is, judged by its bytes."""

from __future__ import annotations

import gzip

import pytest
from fit_builder import small_run

from features.training_log import Flag
from pipelines.sources import content
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.reading import content_of, read_workouts

RUN = small_run().build()


@pytest.mark.parametrize("name", ["run.fit", "RUN.FIT.GZ", "holiday.jpg", ""])
def test_the_name_does_not_matter(name: str) -> None:
    assert read_workouts(RUN, name).format == "fit"
    assert read_workouts(gzip.compress(RUN), name).format == "fit"


def test_packed_and_unpacked_files_have_the_same_content() -> None:
    assert content_of(RUN) == RUN
    assert content_of(gzip.compress(RUN)) == RUN
    assert content_of(gzip.compress(gzip.compress(RUN))) == RUN
    assert content_of(gzip.compress(RUN[:100]) + gzip.compress(RUN[100:])) == RUN
    assert content_of(b"\x1f\x8bnonsense") == b"\x1f\x8bnonsense"


def test_a_cut_gzip_keeps_its_beginning() -> None:
    packed = gzip.compress(RUN)
    found = read_workouts(packed[: len(packed) * 3 // 4], "run.fit.gz")
    (run,) = found.recordings
    assert 60 <= len(run.track) < 120
    assert Flag.TRUNCATED in run.flags
    assert any("gzip" in note for note in found.notes)


def test_a_damaged_gzip_gives_a_named_error_or_its_beginning() -> None:
    with pytest.raises(UnreadableWorkout, match="gzip"):
        read_workouts(b"\x1f\x8b\x08" + b"\xff" * 40, "run.fit.gz")


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST_CONTENT_BYTES", 10_000)
    with pytest.raises(UnreadableWorkout, match="512 MB"):
        read_workouts(gzip.compress(bytes(1_000_000)), "bomb.fit.gz")


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "run.fit", "empty"),
        (bytes(300), "run.fit", "empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "run.fit", "web page"),
        (b"  <HTML><head></head></HTML>", "run.gpx", "web page"),
        (b'{"error": "unauthorized"}', "run.fit", "JSON"),
        (b"something else entirely", "run.TCX.gz", "named like a workout"),
    ],
)
def test_what_pretends_to_be_a_workout_is_refused_as_broken(data: bytes, name: str, word: str) -> None:
    with pytest.raises(UnreadableWorkout, match=word):
        read_workouts(data, name)


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"PK\x03\x04rest", "export.zip", "zip archive"),
        (b"PK\x03\x04rest", "run.fit", "zip archive"),
        (b"a,b\n1,2\n", "activities.csv", "not a FIT, GPX or TCX"),
        (b"\xff\xd8\xff\xe0", "photo.jpg", "not a FIT, GPX or TCX"),
        (b"%PDF-1.7", "plan.pdf", "not a FIT, GPX or TCX"),
        (b'{"a": 1}', "people.json", "JSON"),
        (b"", "notes.txt", "empty"),
    ],
)
def test_what_is_something_else_is_no_workout(data: bytes, name: str, word: str) -> None:
    with pytest.raises(NotAWorkout, match=word):
        read_workouts(data, name)


def test_every_refusal_is_plain_sentences() -> None:
    for data, name in ((b"", "run.fit"), (b"PK\x03\x04", "x.zip"), (b"?", "x.bin")):
        with pytest.raises((NotAWorkout, UnreadableWorkout)) as refused:
            read_workouts(data, name)
        assert refused.value.reason.endswith(".")
        assert str(refused.value) == refused.value.reason
