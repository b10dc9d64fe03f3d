"""Walks archives, and archives within archives, one file at a time and within bounds.

Nothing is unpacked to disk but an archive inside another, into an unnamed temporary file that only
this process can open and that is gone with it. Names are never used to open anything.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from pipelines.sources.archive_entries import (
    MAX_DEPTH,
    MAX_MEMBER_BYTES,
    ArchiveRefused,
    Budget,
    Entry,
    EntryRefused,
)
from pipelines.sources.archive_names import ShownNames
from pipelines.sources.archive_tar import read_tar
from pipelines.sources.archive_zip import read_zip
from pipelines.sources.content import GZIP_MAGIC
from pipelines.sources.zip_directory import SPLIT

HEAD_BYTES = 1024  # what is_archive needs to see of a file
SPOOL_BYTES = 16 * 2**20  # a nested archive below this size never leaves memory

_ZIP, _EMPTY_ZIP, _SPLIT_ZIP, _TAR, _PACKED_TAR = "zip", "empty zip", "split zip", "tar", "tar.gz"
_MAGIC = {b"PK\x03\x04": _ZIP, b"PK\x05\x06": _EMPTY_ZIP, b"PK\x07\x08": _SPLIT_ZIP}
_UNREAD = {
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}

_EMPTY = "There is no file in this archive. Export or download it again."
_TOO_DEEP = (
    f"This is an archive inside {MAX_DEPTH} others, and was not opened. Unpack the outer ones, and sync the "
    "folder."
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of an archive.

    ``name`` is for showing and storing, and unique within its archive: the archive's name, then the
    path inside, ``export.zip/activities/1.fit.gz``. ``modified`` is exact where the archive keeps
    Unix time, else the clock of whoever packed it taken as UTC (up to 14 hours off).
    """

    name: str
    payload: bytes
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file out of an archive, or an archive, that was not read; ``reason`` is for its owner."""

    name: str
    reason: str


def is_archive(head: bytes) -> bool:
    """Whether a file that starts with these (at least ``HEAD_BYTES``) bytes is one to walk.

    Archives that are only recognised (RAR, 7-Zip …) count: walking them says so. A gzip file counts
    if there is a tar archive in it; a single packed workout does not.
    """
    return _kind(head) is not None


def walk_archive(path: Path) -> Iterator[Member | Refused]:
    """Every file in the archive, folders apart, in the archive's order; one payload in memory at a time.

    Never raises for what the archive holds: what is not read is a Refused with its reason.
    """
    try:
        with path.open("rb") as file:
            budget = Budget.of(os.fstat(file.fileno()).st_size)
            yield from _walk(file, path.name, 1, budget)
    except OSError as error:
        yield Refused(path.name, f"This archive could not be read further ({error.strerror}). Sync again.")


def _walk(file: IO[bytes], name: str, depth: int, budget: Budget) -> Iterator[Member | Refused]:
    names = ShownNames()
    empty = True
    try:
        for entry in _entries(file, budget):
            empty = False
            yield from _member(entry, f"{name}/{names.of(entry.name)}", depth, budget)
    except ArchiveRefused as refused:
        yield Refused(name, refused.reason)
        return
    if empty:
        yield Refused(name, _EMPTY)


def _entries(file: IO[bytes], budget: Budget) -> Iterator[Entry]:
    file.seek(0)
    kind = _kind(file.read(HEAD_BYTES))
    if kind == _ZIP:
        return read_zip(file, budget)
    if kind in (_TAR, _PACKED_TAR):
        return read_tar(file, budget, packed=kind == _PACKED_TAR)
    if kind == _EMPTY_ZIP:
        return iter(())
    if kind == _SPLIT_ZIP:
        raise ArchiveRefused(SPLIT)
    if kind is None:
        raise ArchiveRefused("This is not an archive.")
    raise ArchiveRefused(f"This is packed as {kind}, which is not read. Unpack it, and sync what is inside.")


def _member(entry: Entry, name: str, depth: int, budget: Budget) -> Iterator[Member | Refused]:
    """One entry: refused, read whole, or walked if it is an archive itself."""
    if entry.refusal is not None:
        yield Refused(name, entry.refusal)
        return
    with closing(_counted(entry, budget)) as chunks:
        try:
            first = next(chunks, b"")
            if is_archive(first[:HEAD_BYTES]):
                yield from _nested(chain((first,), chunks), name, depth, budget)
            elif entry.size > MAX_MEMBER_BYTES:
                size = f"{entry.size / 2**20:,.0f} MB"
                yield Refused(name, f"This file has {size}; no workout file is larger than 256 MB.")
            else:
                yield Member(name, _joined(chain((first,), chunks)), entry.modified)
        except EntryRefused as refused:
            yield Refused(name, refused.reason)


def _nested(chunks: Iterator[bytes], name: str, depth: int, budget: Budget) -> Iterator[Member | Refused]:
    """Walk an archive inside another, from a temporary copy."""
    if depth == MAX_DEPTH:
        yield Refused(name, _TOO_DEEP)
        return
    with SpooledTemporaryFile(max_size=SPOOL_BYTES) as copy:
        try:
            for chunk in chunks:
                copy.write(chunk)
        except OSError as error:
            yield Refused(name, f"There was no room to unpack this archive ({error.strerror}).")
            return
        yield from _walk(copy, name, depth + 1, budget)


def _counted(entry: Entry, budget: Budget) -> Generator[bytes, None, None]:
    for chunk in entry.chunks():
        budget.take_bytes(len(chunk))
        yield chunk


def _joined(chunks: Iterator[bytes]) -> bytes:
    """All chunks as one; the buffer is handed over, so that a large file is not held twice."""
    buffer = BytesIO()
    for chunk in chunks:
        buffer.write(chunk)
    return buffer.getvalue()


def _kind(head: bytes) -> str | None:
    """What kind of archive starts like this, by content alone; None if it is no archive."""
    if head[257:262] == b"ustar":
        return _TAR
    if head.startswith(GZIP_MAGIC):
        try:
            unpacked = zlib.decompressobj(31).decompress(head, 512)
        except zlib.error:
            return None
        return _PACKED_TAR if unpacked[257:262] == b"ustar" else None
    if head[:3] == b"BZh" and head[4:10] == b"1AY&SY":
        return "bzip2"
    for magic, kind in (_MAGIC | _UNREAD).items():
        if head.startswith(magic):
            return kind
    return None
