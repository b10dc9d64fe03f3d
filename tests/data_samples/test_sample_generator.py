"""The committed files are what the generator writes: same seed, same bytes."""

from __future__ import annotations

import gzip

import pytest
from sample_manifest import SAMPLES

from data_samples.generate import samples

A_FEW = {
    "mara/2026-04-21-easy.fit",
    "mara/2026-07-02-intervals-watch-died.fit",
    "mara/2026-08-18-easy.gpx.gz",
    "mara/2026-10-01-treadmill.fit",
    "mara/settings.fit",
    "jonas/2026-06-13-LONG.FIT",
    "jonas/2026-06-09-easy.gpx",
    "jonas/2026-11-14-long.fit.gz",
    "jonas/hill-round-course.fit",
}


def unpacked(path: str, data: bytes) -> bytes:
    """Another zlib may pack the same content differently; the content must not differ."""
    return gzip.decompress(data) if path.endswith(".gz") else data


def test_the_committed_seed_gives_the_committed_files() -> None:
    made = {sample.entry.path: sample.data for sample in samples(wanted=A_FEW.__contains__)}
    assert set(made) == A_FEW
    for path, data in made.items():
        assert unpacked(path, data) == unpacked(path, (SAMPLES / path).read_bytes()), path


def test_another_seed_gives_other_files() -> None:
    path = "jonas/2026-11-14-long.fit.gz"
    (other,) = samples(seed=1, wanted=path.__eq__)
    assert unpacked(path, other.data) != unpacked(path, (SAMPLES / path).read_bytes())


@pytest.mark.slow
def test_every_committed_file_can_be_made_again() -> None:
    for sample in samples():
        path = sample.entry.path
        assert unpacked(path, sample.data) == unpacked(path, (SAMPLES / path).read_bytes()), path
