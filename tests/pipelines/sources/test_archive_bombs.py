"""Archives made to overwhelm whoever opens them, or broken at random: refused, at once, in little memory."""

from __future__ import annotations

import gzip
import os
import random
import tarfile
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fit_builder import small_run
from tar_builder import gzipped_tar, named, tar, tar_header
from walking import Walk, the_reason
from zip_builder import Raw, deflated, deflated_zeros, plain, quoting_bomb, tiny, zipped

from pipelines.sources import archive_entries, archives
from pipelines.sources.archive_entries import MAX_MEMBERS
from pipelines.sources.archives import Member, Refused, walk_archive

RUN = small_run().build()
MIB = 2**20


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(tmp_path)


def ten_gigabytes_in_one_file() -> bytes:
    return zipped([Raw(b"bomb.gpx", packed=deflated_zeros(10 * 1024), told_size=10 * 2**30 - 1)])


def ten_gigabytes_said_to_be_small() -> bytes:
    return zipped([Raw(b"bomb.gpx", packed=deflated_zeros(10 * 1024), told_size=MIB)])


def ten_gigabytes_in_files_too_small_to_judge() -> bytes:
    mebibyte = deflated_zeros(1)
    return zipped(Raw(b"%d.gpx" % n, packed=mebibyte, told_size=MIB) for n in range(10 * 1024))


def files_that_are_all_the_same_bytes() -> bytes:
    mebibyte = deflated(bytes(MIB))
    return zipped(Raw(b"bomb.gpx", packed=mebibyte, told_size=MIB, told_offset=0) for _ in range(500))


def files_that_quote_each_other() -> bytes:
    return quoting_bomb(files=2000, kernel_zeros=20 * MIB)


def layers_of_sixteen() -> bytes:
    """As 42.zip: six layers, sixteen in each, four gigabytes at every end."""
    content = zipped([Raw(b"0.dll", packed=deflated_zeros(4096), told_size=2**32 - 2)])
    for layer in range(6):
        content = zipped(Raw(b"lib %d-%x.zip" % (layer, n), content) for n in range(16))
    return content


def itself_in_itself() -> bytes:
    content = plain({"r.txt": b"r"})
    for _ in range(40):
        content = plain({"r.zip": content})
    return content


def many_tiny_files() -> bytes:
    return tiny(MAX_MEMBERS + 1, told_count=1)


def a_tar_of_one_huge_file() -> bytes:
    return gzipped_tar([(b"0", 10 * 1024)])


def a_tar_of_many_large_files() -> bytes:
    return gzipped_tar([(b"0", 50)] * 200)


def a_tar_with_a_huge_header() -> bytes:
    return gzipped_tar([(b"x", 10 * 1024)])


@pytest.mark.parametrize(
    ("bomb", "word"),
    [
        (ten_gigabytes_in_one_file, "200 times|10 GB"),
        (ten_gigabytes_said_to_be_small, "size"),
        (ten_gigabytes_in_files_too_small_to_judge, "overwhelm"),
        (files_that_are_all_the_same_bytes, "share each other's bytes"),
        (files_that_quote_each_other, "share each other's bytes"),
        (layers_of_sixteen, "inside 3 others"),
        (itself_in_itself, "inside 3 others"),
        (many_tiny_files, "more than 100,000"),
        (a_tar_of_one_huge_file, "overwhelm"),
        (a_tar_of_many_large_files, "overwhelm"),
        (a_tar_with_a_huge_header, "overwhelm|damaged"),
    ],
)
def test_a_bomb_is_refused_at_once_and_in_little_memory(
    bomb: Callable[[], bytes], word: str, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(bomb())
    assert path.stat().st_size < 12 * MIB
    began = time.perf_counter()
    reasons = {item.reason for item in walk_archive(path) if isinstance(item, Refused)}
    took_s = time.perf_counter() - began
    assert any(any(w in reason for w in word.split("|")) for reason in reasons), reasons
    assert took_s < 1.0
    assert peak_bytes(path) < 100 * MIB


def test_a_sparse_file_of_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(plain({"run.fit": RUN}))
    os.truncate(path, 2 * 2**30)
    began = time.perf_counter()
    assert "incomplete or damaged" in the_reason(list(walk_archive(path)))
    assert time.perf_counter() - began < 1.0


def test_a_tar_is_read_up_to_the_allowed_number(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_entries, "MAX_MEMBERS", 50)
    *members, last = walk(gzip.compress(tar_header(b"0", 0) * 60))
    assert len(members) == len({member.name for member in members}) == 50
    assert isinstance(last, Refused)
    assert "more than" in last.reason


def test_many_archives_in_one_share_its_allowance(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_entries, "MAX_MEMBERS", 50)
    part = plain({f"{n}.fit": b"" for n in range(20)})
    found = walk(plain({f"{n}.zip": part for n in range(5)}))
    assert [item.name for item in found if isinstance(item, Refused)] == [
        f"export.zip/{n}.zip" for n in (2, 3, 4)
    ]
    assert sum(isinstance(item, Member) for item in found) == 40


def peak_bytes(path: Path) -> int:
    """The most memory in use while walking, each item let go before the next."""
    tracemalloc.start()
    for _ in walk_archive(path):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_the_archive_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    """Two nested archives of fifty megabytes, ten at a time."""
    noise = random.Random(2).randbytes(10 * MIB)
    part = zipped([Raw(b"%d.fit" % n, noise, method=0) for n in range(5)])
    (tmp_path / "export.zip").write_bytes(zipped([Raw(b"part.zip", part, method=0)] * 2))
    del part
    assert peak_bytes(tmp_path / "export.zip") < 45 * MIB


def test_a_large_nested_archive_leaves_no_trace_on_disk(
    walk: Walk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "SPOOL_BYTES", 1000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "export.zip").write_bytes(plain({"part.zip": plain({"run.fit": RUN, "ride.fit": RUN})}))
    for item in walk_archive(tmp_path / "export.zip"):
        assert isinstance(item, Member)
        assert [path.name for path in tmp_path.iterdir()] == ["export.zip"]


def test_stopping_half_way_closes_everything(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(plain({"part.zip": plain({"1.fit": RUN, "2.fit": RUN})}))
    walking = walk_archive(path)
    next(walking)
    del walking  # an unclosed file would be an unraisable warning, which fails a test
    path.unlink()


def mutants(content: bytes, count: int) -> Iterator[bytes]:
    chance = random.Random(20261122)
    for _ in range(count):
        changed = bytearray(content)
        for _ in range(chance.choice([1, 1, 2, 8, 40])):
            at = chance.randrange(len(changed))
            if chance.random() < 0.7:
                changed[at] = chance.randrange(256)
            elif chance.random() < 0.5:
                del changed[at : at + chance.randrange(1, 60)]
            else:
                changed[at:at] = chance.randbytes(chance.randrange(1, 60))
        yield bytes(changed)


def test_whatever_is_damaged_there_is_an_answer(walk: Walk) -> None:
    part = plain({"1.fit": RUN[:300], "2.gpx": b"<gpx/>" * 30})
    honest = [
        zipped([Raw(b"part.zip", part, method=0), Raw(b"run.fit", RUN[:400]), Raw(b"x/", b"")]),
        tar([(named("run.fit"), RUN[:300]), (named("x" * 200), b"2" * 600)], tarfile.PAX_FORMAT),
        gzip.compress(tar([(named("x" * 120), RUN[:300])], tarfile.GNU_FORMAT)),
    ]
    for content in honest:
        for mutant in mutants(content, 250):
            found = walk(mutant)
            assert found
            assert all(item.name.startswith("export.zip") and item.name.isprintable() for item in found)
