"""A zip archive's own list of what is in it: found from the end, read row by row, believed by nobody.

The format is PKWARE's APPNOTE with its 64-bit extension.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import IO, NamedTuple

from pipelines.sources.archive_entries import TOO_MANY, ArchiveRefused

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ROW = struct.Struct("<4s6H3L5H2L")
_LONGEST_COMMENT = 2**16 - 1
_LARGEST_LIST = 64 * 2**20  # as many rows as are allowed, each with a name of 600 bytes
_UNSET16, _UNSET32 = 0xFFFF, 0xFFFFFFFF  # the value is in the 64-bit extension
_ENCRYPTED, _HIDDEN, _UTF8 = 0x1, 0x2000, 0x800
_ZIP64, _UNIX_TIME = 0x0001, 0x5455  # kinds of extra fields

_CUT = (
    "This archive is incomplete or damaged: its list of files is missing or broken, as after a download "
    "that was cut off. Download or copy it again; or unpack it, and sync the folder."
)
SPLIT = (
    "This is one part of an archive that was split over several files. Join the parts and unpack them, "
    "then sync the folder."
)


class Row(NamedTuple):
    """What the list says of one file; ``offset`` is where its data should start in the archive."""

    raw_name: bytes
    flags: int
    method: int
    dos_time: int
    dos_date: int
    crc: int
    packed: int
    size: int
    disk: int
    offset: int
    extra: bytes

    @property
    def is_folder(self) -> bool:
        return self.size == 0 and self.raw_name.endswith((b"/", b"\\"))

    @property
    def is_locked(self) -> bool:
        return bool(self.flags & (_ENCRYPTED | _HIDDEN))

    @property
    def is_elsewhere(self) -> bool:
        return self.disk not in (0, _UNSET16)

    @property
    def name(self) -> str:
        """UTF-8 where it is marked so or reads as such (macOS does not mark it), else the DOS code page."""
        if self.flags & _UTF8:
            return self.raw_name.decode("utf-8", "replace")
        try:
            return self.raw_name.decode("utf-8")
        except UnicodeDecodeError:
            return self.raw_name.decode("cp437")

    @property
    def modified(self) -> datetime | None:
        """Exact where the Unix time is kept, else the packer's clock taken as UTC (up to 14 h off)."""
        unix = _extra_field(self.extra, _UNIX_TIME)
        if len(unix) >= 5 and unix[0] & 1:
            (seconds,) = struct.unpack_from("<l", unix, 1)
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        day, clock = self.dos_date, self.dos_time
        try:
            return datetime(
                1980 + (day >> 9), day >> 5 & 15, day & 31, clock >> 11, clock >> 5 & 63, (clock & 31) * 2,
                tzinfo=UTC,
            )  # fmt: skip
        except ValueError:
            return None


class Directory(NamedTuple):
    """The list's bytes, where they start in the archive, and how many rows the archive claims."""

    content: bytes
    start: int
    claimed: int

    def rows(self) -> Iterator[Row]:
        """Raises ArchiveRefused where a row breaks off."""
        content, at = self.content, 0
        while at < len(content):
            if content[at : at + 4] != b"PK\x01\x02" or at + _ROW.size > len(content):
                raise ArchiveRefused(_CUT)
            (_, _, _, flags, method, dos_time, dos_date, crc, packed, size, name_length, extra_length,
             comment_length, disk, _, _, offset) = _ROW.unpack_from(content, at)  # fmt: skip
            name_at = at + _ROW.size
            extra_at = name_at + name_length
            comment_at = extra_at + extra_length
            at = comment_at + comment_length
            if at > len(content):
                raise ArchiveRefused(_CUT)
            extra = content[extra_at:comment_at]
            if _UNSET32 in (size, packed, offset):
                size, packed, offset = _wide(extra, size, packed, offset)
            name = content[name_at:extra_at]
            yield Row(name, flags, method, dos_time, dos_date, crc, packed, size, disk, offset, extra)

    def check_count(self, rows: int) -> None:
        """Raises ArchiveRefused where there are other rows than claimed (some programs count in 16 bits)."""
        if rows % 2**16 != self.claimed % 2**16:
            raise ArchiveRefused(_CUT)


def find_directory(file: IO[bytes]) -> Directory:
    """Raises ArchiveRefused where the list is missing, as in a file that was cut off, or too large."""
    size = file.seek(0, os.SEEK_END)
    tail_at = max(0, size - _END.size - _LONGEST_COMMENT)
    file.seek(tail_at)
    tail = file.read(size - tail_at)
    at = _end_in(tail)
    if at < 0:
        raise ArchiveRefused(_CUT)
    end = tail_at + at
    _, disk, first_disk, _, count, length, offset, _ = _END.unpack_from(tail, at)
    wide = _end64(file, end)
    if wide is not None:
        end, disk, first_disk, count, length, offset = wide
    if disk != first_disk or disk not in (0, _UNSET16):
        raise ArchiveRefused(SPLIT)
    # What is found at the end of a cut-off archive may be the list of an archive within it; then
    # the places do not agree.
    if offset != end - length:
        raise ArchiveRefused(_CUT)
    if length > _LARGEST_LIST:
        raise ArchiveRefused(TOO_MANY)
    file.seek(offset)
    return Directory(file.read(length), offset, count)


def _end_in(tail: bytes) -> int:
    """Where the end record stands: the last whose comment fills the rest, else the last; -1 if none."""
    latest = at = tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - _END.size + 4))
    while at >= 0:
        if at + _END.size + int.from_bytes(tail[at + _END.size - 2 : at + _END.size], "little") == len(tail):
            return at
        at = tail.rfind(b"PK\x05\x06", 0, at + 3)
    return latest


def _end64(file: IO[bytes], end: int) -> tuple[int, int, int, int, int, int] | None:
    """The 64-bit end record: where it is and what it says; None if there is none before ``end``."""
    if end < _END64_LOCATOR.size + _END64.size:
        return None
    file.seek(end - _END64_LOCATOR.size)
    magic, _, at, _ = _END64_LOCATOR.unpack(file.read(_END64_LOCATOR.size))
    if magic != b"PK\x06\x07":
        return None
    if at > end - _END64_LOCATOR.size - _END64.size:
        raise ArchiveRefused(_CUT)
    file.seek(at)
    magic, _, _, _, disk, first_disk, _, count, length, offset = _END64.unpack(file.read(_END64.size))
    if magic != b"PK\x06\x06":
        raise ArchiveRefused(_CUT)
    return at, disk, first_disk, count, length, offset


def _wide(extra: bytes, *values: int) -> Iterator[int]:
    """Each value, or where it is unset the next of those in the 64-bit extension."""
    field, at = _extra_field(extra, _ZIP64), 0
    for value in values:
        if value == _UNSET32 and at + 8 <= len(field):
            yield struct.unpack_from("<Q", field, at)[0]
            at += 8
        else:
            yield value


def _extra_field(extra: bytes, wanted: int) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""
