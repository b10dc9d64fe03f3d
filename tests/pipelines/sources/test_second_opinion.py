"""Two readers, one file: our columns and fitparse's objects say the same, field by field."""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from fit_builder import small_run
from second_reader import Difference, differences

from pipelines.sources.content import content_of
from pipelines.sources.fit_bytes import parts_of
from pipelines.sources.fit_inspection import DecoderStopped
from pipelines.sources.fit_messages import messages_of

# (file, message, field) → why the readers differ. Reviewed: an entry needs a reason, and one that no
# longer differs fails the test. Both read the profile from the same tables and the second reader gets
# repaired bytes, so what could differ is how it is read, and nothing does.
KNOWN: dict[tuple[str, str, str], str] = {}

LARGEST_QUICK_BYTES = 60_000
SHARES = 12  # of the rest, so that several processes can divide it among themselves


def fit_files(corpus: Path) -> list[Path]:
    with (corpus / "MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
        return [corpus / row["path"] for row in csv.DictReader(rows) if row["format"] in {"fit", "fit.gz"}]


def differing(path: Path) -> Iterator[tuple[tuple[str, str, str], Difference]]:
    for part in parts_of(content_of(path.read_bytes())):
        for difference in differences(part, messages_of(part)):
            yield (path.name, difference.message, difference.field), difference


def check(paths: list[Path]) -> None:
    found: dict[tuple[str, str, str], Difference] = {}
    stopped: list[str] = []
    for path in paths:
        try:
            found.update(differing(path))
        except DecoderStopped as stop:
            stopped.append(f"{path.name}: {stop}")
    assert stopped == []
    assert {key: difference for key, difference in found.items() if key not in KNOWN} == {}
    names = {path.name for path in paths}
    assert {key for key in KNOWN if key[0] in names} <= found.keys()


def test_a_difference_would_be_seen() -> None:
    part = next(parts_of(small_run().build()))
    messages = messages_of(part)
    assert list(differences(part, messages)) == []
    messages.records.columns["heart_rate"][7] = 151.0
    messages.sessions[0]["total_distance"] = 356.0
    assert list(differences(part, messages)) == [
        Difference("record", "heart_rate", 1, 151.0, 150.0),
        Difference("session", "total_distance", 1, 356.0, 357.0),
    ]


def cross_section(files: list[Path]) -> list[Path]:
    small = [path for path in files if path.stat().st_size < LARGEST_QUICK_BYTES]
    return [path for path in small if "fixtures" in path.parts][::3] + small[::12]


def damaged(files: list[Path]) -> list[Path]:
    return [path for path in files if "damaged" in path.parts][::2]


def test_both_readers_agree_on_a_cross_section_of_real_files(corpus: Path) -> None:
    check(cross_section(fit_files(corpus)))


def test_both_readers_agree_on_damaged_files(corpus: Path) -> None:
    check(damaged(fit_files(corpus)))


@pytest.fixture
def nothing_collected() -> Iterator[None]:
    """fitparse keeps millions of objects, none of them in a cycle; to look for one again and again takes long."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_collected")
@pytest.mark.parametrize("share", range(SHARES))
def test_both_readers_agree_on_every_other_real_file(corpus: Path, share: int) -> None:
    files = fit_files(corpus)
    seen = {*cross_section(files), *damaged(files)}
    rest = sorted(set(files) - seen, key=lambda path: (path.stat().st_size, path))
    check(rest[share::SHARES])
