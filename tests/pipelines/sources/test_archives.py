"""Archives: honest ones are read whole, hostile ones are refused at once, none touches the disk."""

from __future__ import annotations

import gzip
import io
import random
import struct
import tarfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fit_builder import small_run
from tar_builder import named, tar
from walking import Walk, the_reason
from zip_builder import Raw, deflated, deflated_zeros, plain, zipped

from pipelines.sources.archives import HEAD_BYTES, Member, Refused, is_archive, walk_archive
from pipelines.sources.errors import NotAWorkout
from pipelines.sources.reading import read_workouts

RUN = small_run().build()
MIB = 2**20
SAMPLES = Path(__file__).resolve().parents[3] / "data_samples"


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(tmp_path)


# --- honest archives ---------------------------------------------------------------------------


def test_every_file_comes_out_in_order_and_folders_do_not(walk: Walk) -> None:
    content = plain({"a/": b"", "a/run.fit": RUN, "b.gpx": b"<gpx/>", "empty.txt": b""})
    when = datetime(2026, 11, 20, 18, 30, 10, tzinfo=UTC)
    assert walk(content) == [
        Member("export.zip/a/run.fit", RUN, when),
        Member("export.zip/b.gpx", b"<gpx/>", when),
        Member("export.zip/empty.txt", b"", when),
    ]


def test_a_garmin_account_is_zip_in_zip(walk: Walk) -> None:
    """Runs, settings and a course in two nested parts, one of them stored as it is."""
    runs = sorted((SAMPLES / "mara").glob("2026-05-*.fit"))[:3]
    first = plain({f"mara@example.org_{n}.fit": run.read_bytes() for n, run in enumerate(runs)})
    second = plain({"1_settings.fit": (SAMPLES / "mara/settings.fit").read_bytes()})
    uploads = "DI_CONNECT/DI-Connect-Uploaded-Files"
    content = zipped(
        [
            Raw(f"{uploads}/UploadedFiles_0-_Part1.zip".encode(), first),
            Raw(f"{uploads}/UploadedFiles_0-_Part2.zip".encode(), second, method=0),
            Raw(b"DI_CONNECT/DI-Connect-Fitness/mara_gear.json", b"[]"),
        ]
    )
    found = walk(content, "account.zip")
    assert [item.name for item in found] == [
        *(f"account.zip/{uploads}/UploadedFiles_0-_Part1.zip/mara@example.org_{n}.fit" for n in range(3)),
        f"account.zip/{uploads}/UploadedFiles_0-_Part2.zip/1_settings.fit",
        "account.zip/DI_CONNECT/DI-Connect-Fitness/mara_gear.json",
    ]
    members = [item for item in found if isinstance(item, Member)]
    assert [m.payload for m in members[:3]] == [run.read_bytes() for run in runs]
    assert all(read_workouts(m.payload, m.name).recordings for m in members[:3])
    with pytest.raises(NotAWorkout):
        read_workouts(members[3].payload, members[3].name)


def test_real_single_exports_hold_what_the_standard_library_finds(corpus: Path) -> None:
    paths = sorted((corpus / "public").rglob("*.zip"))
    assert len(paths) == 13
    for path in [*paths, corpus / "damaged" / "zip_named.fit"]:
        assert is_archive(path.read_bytes()[:HEAD_BYTES])
        with zipfile.ZipFile(path) as archive:
            told = [(f"{path.name}/{info.filename}", archive.read(info)) for info in archive.infolist()]
        members = list(walk_archive(path))
        assert [(m.name, m.payload) for m in members if isinstance(m, Member)] == told
        assert len(members) == len(told) == 1


@pytest.mark.parametrize("limit", ["ZIP_FILECOUNT_LIMIT", "ZIP64_LIMIT"])
def test_the_64_bit_extension_is_read(walk: Walk, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """What the standard library writes once an archive is large; here it is told that small is large."""
    monkeypatch.setattr(zipfile, limit, 2)
    found = walk(plain({f"{n}.fit": RUN for n in range(5)}))
    assert [m.payload for m in found if isinstance(m, Member)] == [RUN] * 5


def test_an_archive_with_a_comment_and_without_one_are_the_same(walk: Walk) -> None:
    files = [Raw(b"run.fit", RUN)]
    assert walk(zipped(files)) == walk(zipped(files, comment=b"made by PK\x05\x06 hand" * 99))


def test_times_are_exact_where_unix_time_is_kept(walk: Walk) -> None:
    unix = struct.pack("<2HBl", 0x5455, 5, 1, 1_762_840_801)
    (member,) = walk(zipped([Raw(b"run.fit", RUN, extra=b"\x99\x99\x02\x00ab" + unix)]))
    assert isinstance(member, Member)
    assert member.modified == datetime(2025, 11, 11, 6, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("Läufe/früh.fit".encode(), 0x800, "Läufe/früh.fit"),
        ("Läufe/früh.fit".encode(), 0, "Läufe/früh.fit"),  # as macOS writes it
        ("Läufe/früh.fit".encode("cp437"), 0, "Läufe/früh.fit"),  # as Windows writes it
        (b"\xff\xfe.fit", 0x800, "\ufffd\ufffd.fit"),
    ],
)
def test_names_are_decoded_as_their_writers_meant(walk: Walk, raw: bytes, flags: int, name: str) -> None:
    (member,) = walk(zipped([Raw(raw, RUN, flags=flags)]))
    assert member.name == f"export.zip/{name}"


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("packed", [False, True])
def test_tar_archives_are_read_in_all_three_forms(walk: Walk, form: int, packed: bool) -> None:
    names = ["run.fit", f"{'folder/' * 18}run.fit", "Läufe/früh.fit"]
    if form != tarfile.USTAR_FORMAT:
        names.append(f"{'x' * 290}.fit")
    content = tar([(tarfile.TarInfo("a folder"), None), *((named(n), RUN) for n in names)], form)
    found = walk(gzip.compress(content) if packed else content, "takeout.tgz")
    when = datetime(2026, 11, 20, 18, 30, 10, tzinfo=UTC)
    assert found == [Member(f"takeout.tgz/{name}", RUN, when) for name in names]


def test_a_tar_within_a_zip_is_walked_too(walk: Walk) -> None:
    inner = gzip.compress(tar([(named("run.fit"), RUN)], tarfile.PAX_FORMAT))
    (member,) = walk(plain({"backup.tar.gz": inner}))
    assert isinstance(member, Member)
    assert (member.name, member.payload) == ("export.zip/backup.tar.gz/run.fit", RUN)


def test_links_in_a_tar_are_told_not_followed(walk: Walk) -> None:
    link = tarfile.TarInfo("passwords.fit")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    found = walk(tar([(link, None), (named("run.fit"), RUN)], tarfile.PAX_FORMAT), "backup.tar")
    assert isinstance(found[0], Refused)
    assert "link" in found[0].reason
    assert isinstance(found[1], Member)


@pytest.mark.parametrize(
    ("head", "archive"),
    [
        (plain({"a": b""}), True),
        (zipped([]), True),
        (tar([(named("run.fit"), RUN)], tarfile.PAX_FORMAT), True),
        (gzip.compress(tar([(named("run.fit"), RUN)], tarfile.GNU_FORMAT)), True),
        (b"Rar!\x1a\x07\x01\x00", True),
        (RUN, False),
        (gzip.compress(RUN), False),
        (b"\x1f\x8b\x08 damaged", False),
        (b"<?xml version='1.0'?><gpx/>", False),
        (b"", False),
        (b"PK", False),
    ],
)
def test_an_archive_is_known_by_its_content(head: bytes, archive: bool) -> None:
    assert is_archive(head[:HEAD_BYTES]) is archive


def test_the_name_does_not_matter(walk: Walk) -> None:
    (member,) = walk(plain({"run.fit": RUN}), "run.fit")
    assert isinstance(member, Member)
    assert "not an archive" in the_reason(walk(RUN, "run.zip"))


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("../../../etc/cron.d/run.fit", "etc/cron.d/run.fit"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\run.fit", "Windows/run.fit"),
        ("c:run.fit", "run.fit"),
        ("\\\\server\\share\\run.fit", "server/share/run.fit"),
        ("a/./b/..//run.fit", "a/b/run.fit"),
        ("run.fit\x00.txt", "run.fit_.txt"),
        ("\x1b[2J\x1b[31mrun.fit\r\n", "_[2J_[31mrun.fit__"),
        ("run\u202etif.exe", "run_tif.exe"),
        ("../..", "unnamed"),
        ("", "unnamed"),
        ("n" * 40_000, "n" * 150 + "…" + "n" * 150),
    ],
)
def test_a_name_can_neither_lead_anywhere_nor_mislead(
    walk: Walk, tmp_path: Path, raw: str, name: str
) -> None:
    found = walk(zipped([Raw(raw.encode(), RUN)]))
    assert found == [Member(f"export.zip/{name}", RUN, found[0].modified)]  # type: ignore[union-attr]
    assert [path.name for path in tmp_path.rglob("*")] == ["export.zip"]


def test_two_files_of_one_name_are_told_apart(walk: Walk) -> None:
    found = walk(zipped([Raw(b"run.fit", b"1"), Raw(b"../run.fit", b"2"), Raw(b"run.fit", b"3")]))
    assert [m.name for m in found] == [
        "export.zip/run.fit", "export.zip/run.fit (2)", "export.zip/run.fit (3)",
    ]  # fmt: skip


# --- what is refused, and the rest read --------------------------------------------------------


def one_refused(found: list[Member | Refused]) -> str:
    """The reason why the first of two files was not read, once the second was."""
    refused, member = found
    assert isinstance(refused, Refused)
    assert isinstance(member, Member)
    assert member.payload == RUN
    assert refused.reason.endswith(".")
    return refused.reason


GOOD = Raw(b"run.fit", RUN)


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (Raw(b"locked.fit", RUN, flags=0x1), "password"),
        (Raw(b"hidden.fit", RUN, flags=0x2041), "password"),
        (Raw(b"aes.fit", RUN, flags=0x1, method=99), "password"),
        (Raw(b"large.fit", RUN, method=9), "Deflate64"),
        (Raw(b"odd.fit", RUN, method=77), "number 77"),
        (Raw(b"huge.fit", RUN, told_size=10 * 2**30), "10 GB"),
        (Raw(b"dense.fit", bytes(30 * MIB)), "200 times"),
        (Raw(b"less.fit", bytes(5000), told_size=9000), "size"),
        (Raw(b"more.fit", bytes(9000), told_size=5000), "size"),
        (Raw(b"none.fit", RUN, told_size=0), "size"),
        (Raw(b"stored.fit", RUN, method=0, told_size=5), "size"),
        (Raw(b"flipped.fit", RUN, told_crc=1), "damaged"),
        (Raw(b"garbage.fit", RUN, packed=b"\xff" * 300), "damaged"),
        (Raw(b"cut.fit", RUN, packed=deflated(RUN)[:-20]), "damaged"),
    ],
)
def test_one_bad_file_does_not_cost_the_others(walk: Walk, bad: Raw, word: str) -> None:
    assert word in one_refused(walk(zipped([bad, GOOD])))


def test_a_file_larger_than_any_workout_is_refused_by_its_size(walk: Walk) -> None:
    """300 MB that would pass as to density: half of it does not pack."""
    block = deflated_zeros(1)[:-2]
    noise = random.Random(1).randbytes(2 * MIB)
    packer = zlib.compressobj(0, zlib.DEFLATED, -15)
    packed = packer.compress(noise) + packer.flush(zlib.Z_FULL_FLUSH) + block * 298 + b"\x03\x00"
    bad = Raw(b"video.mp4", packed=packed, told_size=300 * MIB)
    assert "300 MB" in one_refused(walk(zipped([bad, GOOD])))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_methods_are_named(walk: Walk, method: int) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as writer:
        writer.writestr("run.fit", RUN)
    reason = the_reason(walk(content.getvalue()))
    assert ("bzip2" if method == zipfile.ZIP_BZIP2 else "LZMA") in reason


@pytest.mark.parametrize(
    ("first", "word"),
    [("[Content_Types].xml", "office"), ("META-INF/MANIFEST.MF", "program"), ("mimetype", "e-book")],
)
def test_documents_are_known_for_what_they_are(walk: Walk, first: str, word: str) -> None:
    content = plain({first: b"x", "word/document.xml": b"<x/>"})
    assert word in the_reason(walk(content, "plan.docx"))
    found = walk(plain({"plan.docx": content, "run.fit": RUN}))
    assert [item.name for item in found] == ["export.zip/plan.docx", "export.zip/run.fit"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), "RAR"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "7-Zip"),
        (b"\xfd7zXZ\x00" + bytes(99), "xz"),
        (b"BZh91AY&SY" + bytes(99), "bzip2"),
        (b"PK\x07\x08" + bytes(99), "split"),
        (zipped([]), "no file"),
        (plain({"only a folder/": b""}), "no file"),
    ],
)
def test_archives_that_give_nothing_say_why(walk: Walk, content: bytes, word: str) -> None:
    assert word in the_reason(walk(content))


def test_a_missing_archive_is_told(tmp_path: Path) -> None:
    assert "could not be read" in the_reason(list(walk_archive(tmp_path / "gone.zip")))


@pytest.mark.parametrize("share", [0.03, 0.3, 0.5, 0.9, 0.97, 0.999])
def test_a_cut_off_download_is_told_as_one(walk: Walk, share: float) -> None:
    part = plain({f"{n}.fit": RUN for n in range(20)})
    content = zipped([Raw(b"part.zip", part, method=0), Raw(b"run.fit", RUN * 9, method=0)])
    assert "incomplete or damaged" in the_reason(walk(content[: int(len(content) * share)]))


def test_a_cut_just_behind_an_inner_archive_is_not_taken_for_the_outer(walk: Walk) -> None:
    part = plain({"run.fit": RUN})
    content = zipped([Raw(b"part.zip", part, method=0), GOOD])
    end = content.index(b"PK\x05\x06") + 22
    assert content[:end].endswith(part)
    assert "incomplete or damaged" in the_reason(walk(content[:end]))


def test_a_tar_that_breaks_off_keeps_what_came_before(walk: Walk) -> None:
    content = tar([(named("1.fit"), RUN), (named("2.fit"), RUN * 50)], tarfile.PAX_FORMAT)
    for cut in (content[: len(RUN) + 3000], gzip.compress(content)[:-400], content[:2048] + bytes(99)):
        *members, last = walk(cut, "backup.tar")
        assert [m.name for m in members][:1] in (["backup.tar/1.fit"], [])
        assert isinstance(last, Refused)
        assert "breaks off" in last.reason
