"""Zip archives as entries that are unpacked one at a time, and only after a survey of all claims.

The standard library's reader is not used because it believes the archive: it builds the list of any
number of entries before one can object and, before Python 3.11.8, opens entries that share bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import IO

from pipelines.sources.archive_entries import (
    CHUNK_BYTES,
    MAX_NESTED_BYTES,
    MAX_RATIO,
    RATIO_FREE_MEMBER_BYTES,
    TOO_MANY,
    TOO_MUCH,
    ArchiveRefused,
    Budget,
    Entry,
    EntryRefused,
    unpacked_bound,
)
from pipelines.sources.zip_directory import SPLIT, Directory, Row, find_directory

_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_METHODS = {6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd"}
_NO_ARCHIVE_OF_FILES = (b"[Content_Types].xml", b"META-INF/MANIFEST.MF", b"META-INF/container.xml")

_OVERLAP = (
    "The files in this archive share each other's bytes, which no archiving program does. It was not "
    "opened, because such files are made to overwhelm programs."
)
_OFFICE = (
    "This is an office document, an e-book or a program (they are zip archives inside), not an archive of "
    "workouts."
)
_LOCKED = "This file is locked with a password. Unpack the archive with it, and sync what is inside."
_DENSE = (
    f"This file would unpack to more than {MAX_RATIO} times its size, which no workout does. It was not "
    "unpacked."
)
_DAMAGED = "This file is damaged inside its archive and could not be unpacked. Download the archive again."
_LIAR = (
    "This file does not unpack to the size that its archive says, so it was not read. Download the archive "
    "again."
)


def read_zip(file: IO[bytes], budget: Budget) -> Iterator[Entry]:
    """The files of a zip archive in its own order; folders are left out.

    Raises ArchiveRefused, before the first entry, where the archive is damaged or hostile.
    """
    directory = find_directory(file)
    _survey(directory, min(unpacked_bound(directory.start), budget.bytes), budget)
    for row in directory.rows():
        if not row.is_folder:
            yield Entry(row.name, row.size, row.modified, partial(_chunks, file, row), _refusal(row))


def _survey(directory: Directory, bound: int, budget: Budget) -> None:
    """Count, add up and lay side by side what the archive claims; unpack nothing.

    Raises ArchiveRefused for more than may come out, and for entries that overlap.
    """
    if directory.claimed > budget.members:
        raise ArchiveRefused(TOO_MANY)
    spans: list[tuple[int, int]] = []
    total = 0
    for number, row in enumerate(directory.rows()):
        if number >= budget.members:
            raise ArchiveRefused(TOO_MANY)
        if row.is_elsewhere:
            raise ArchiveRefused(SPLIT)
        if row.raw_name in _NO_ARCHIVE_OF_FILES or (number == 0 and row.raw_name == b"mimetype"):
            raise ArchiveRefused(_OFFICE)
        if _refusal(row) is None:
            total += row.size
        spans.append((row.offset, row.offset + _LOCAL.size + row.packed))
    directory.check_count(len(spans))
    budget.take_members(len(spans))
    spans.sort()
    spans.append((directory.start, directory.start))
    for (_, end), (following, _) in pairwise(spans):
        if end > following:
            raise ArchiveRefused(_OVERLAP)
    if total > bound:
        raise ArchiveRefused(TOO_MUCH)


def _refusal(row: Row) -> str | None:
    """Why this file must not be unpacked, judged by what is declared; None if it may be."""
    if row.is_locked:
        return _LOCKED
    if row.method not in (_STORED, _DEFLATED):
        method = _METHODS.get(row.method, f"number {row.method}")
        return (
            f"This file is packed by a method that is not read ({method}). Unpack the archive, and sync "
            "what is inside."
        )
    if row.size > MAX_NESTED_BYTES:
        return (
            f"This file would unpack to {row.size / 2**30:,.0f} GB; no workout and no part of an export is "
            "that large."
        )
    if row.size > max(RATIO_FREE_MEMBER_BYTES, MAX_RATIO * row.packed):
        return _DENSE
    return None


def _chunks(file: IO[bytes], row: Row) -> Iterator[bytes]:
    """The content, held against its declared size and checksum as it comes out.

    Raises EntryRefused at the first byte too many, or once all is read and does not agree.
    """
    file.seek(row.offset)
    local = file.read(_LOCAL.size)
    if len(local) < _LOCAL.size or not local.startswith(b"PK\x03\x04"):
        raise EntryRefused(_DAMAGED)
    *_, name_length, extra_length = _LOCAL.unpack(local)
    file.seek(row.offset + _LOCAL.size + name_length + extra_length)
    packed = _packed(file, row.packed)
    crc = size = 0
    for chunk in packed if row.method == _STORED else _inflated(packed):
        size += len(chunk)
        if size > row.size:
            raise EntryRefused(_LIAR)
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if size < row.size:
        raise EntryRefused(_LIAR)
    if crc != row.crc:
        raise EntryRefused(_DAMAGED)


def _packed(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0:
        piece = file.read(min(CHUNK_BYTES, left))
        if not piece:
            raise EntryRefused(_DAMAGED)
        left -= len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacked in steps of at most CHUNK_BYTES, however dense the input."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            chunk = inflater.decompress(piece, CHUNK_BYTES)
            while chunk:
                yield chunk
                chunk = inflater.decompress(inflater.unconsumed_tail, CHUNK_BYTES)
            if inflater.eof:
                return
    except zlib.error as error:
        raise EntryRefused(_DAMAGED) from error
    raise EntryRefused(_DAMAGED)
