"""Tar archives, packed with gzip or plain, read from front to back as entries.

The format is POSIX ustar with the long names of pax and GNU. The standard library's reader is not
used because it keeps every header and reads an extended header of any declared size into memory.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import IO, NamedTuple

from pipelines.sources.archive_entries import (
    CHUNK_BYTES,
    TOO_MUCH,
    ArchiveRefused,
    Budget,
    Entry,
    unpacked_bound,
)

_BLOCK = 512
_LARGEST_EXTENSION = 2**20  # of a header: names of any length, and what macOS knows of a file
_FILES, _FOLDERS = b"0\x007", b"5"
_PAX, _PAX_FOR_ALL, _GNU_NAME, _GNU_LINK, _GNU_SPARSE = b"x", b"g", b"L", b"K", b"S"

_CUT = (
    "This archive breaks off or is damaged from here on; what came before was read. Download or copy it "
    "again."
)
_NO_FILE = "This is not a file but a link, a device or a file with gaps, of which the content is not read."


class _Header(NamedTuple):
    name: str
    size: int
    modified: datetime | None
    kind: bytes


class _Stream:
    """Reads forward through a file, and no further than what it was packed into allows for."""

    def __init__(self, file: IO[bytes], packed: bool) -> None:
        self._bound = unpacked_bound(file.seek(0, os.SEEK_END))
        self._given = 0
        file.seek(0)
        self._packed = file
        self._file = gzip.GzipFile(fileobj=file, mode="rb") if packed else file

    @property
    def left(self) -> int:
        return self._bound - self._given

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes. Raises ArchiveRefused where there are no more, or too many."""
        try:
            data = self._file.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ArchiveRefused(_CUT) from error
        if len(data) < size:
            raise ArchiveRefused(_CUT)
        self._given += size
        # Held against what has been taken in so far, a bomb shows long before the end of the file.
        if self._given > unpacked_bound(self._packed.tell()):
            raise ArchiveRefused(TOO_MUCH)
        return data


class _Body:
    """What follows one header: the content and the padding up to the next block."""

    def __init__(self, stream: _Stream, size: int) -> None:
        self._stream = stream
        self._left = size
        self._padding = -size % _BLOCK

    def chunks(self) -> Iterator[bytes]:
        while self._left > 0:
            chunk = self._stream.read(min(CHUNK_BYTES, self._left))
            self._left -= len(chunk)
            yield chunk

    def skip(self) -> None:
        for _ in self.chunks():
            pass
        self._stream.read(self._padding)
        self._padding = 0


def read_tar(file: IO[bytes], budget: Budget, *, packed: bool) -> Iterator[Entry]:
    """The files of a tar archive; folders are left out. Each must be read before the next is asked for.

    Raises ArchiveRefused where the archive breaks off, is damaged, or holds more than is allowed.
    """
    stream = _Stream(file, packed)
    extended: dict[str, str] = {}
    while (block := stream.read(_BLOCK)).strip(b"\x00"):
        budget.take_members(1)
        header = _header(block, extended)
        if header.size > min(stream.left, budget.bytes):
            raise ArchiveRefused(TOO_MUCH)
        if header.kind == _GNU_SPARSE:
            _skip_map(stream, block)
        body = _Body(stream, header.size)
        if header.kind in (_PAX, _GNU_NAME):
            extended |= _extension(header, body)
        elif header.kind not in (_PAX_FOR_ALL, _GNU_LINK):
            extended = {}
            if header.kind not in _FOLDERS:
                refusal = None if header.kind in _FILES else _NO_FILE
                chunks = partial(_Body.chunks, body)
                yield Entry(header.name, header.size, header.modified, chunks, refusal)
        body.skip()


def _header(block: bytes, extended: dict[str, str]) -> _Header:
    """What one block says, overruled by the extended header before it."""
    told = sum(block) - sum(block[148:156]) + 8 * ord(" ")
    try:
        if _number(block[148:156]) != told:
            raise ArchiveRefused(_CUT)
        size = int(extended.get("size", _number(block[124:136])))
        seconds = float(extended.get("mtime", _number(block[136:148])))
    except ValueError as error:
        raise ArchiveRefused(_CUT) from error
    if size < 0:
        raise ArchiveRefused(_CUT)
    name, folder = _text(block[:100]), _text(block[345:500]) if block[257:263] == b"ustar\x00" else ""
    name = extended.get("path", f"{folder}/{name}" if folder else name)
    kind = block[156:157]
    if name.endswith("/") and kind in _FILES and size == 0:  # as before there was a kind for folders
        kind = _FOLDERS
    return _Header(name, size, _time(seconds), kind)


def _extension(header: _Header, body: _Body) -> dict[str, str]:
    """Name, size and time of the file that follows, where an extended header gives them."""
    if header.size > _LARGEST_EXTENSION:
        raise ArchiveRefused(_CUT)
    content = b"".join(body.chunks())
    if header.kind == _GNU_NAME:
        return {"path": _text(content)}
    found: dict[str, str] = {}
    while content.strip(b"\x00"):
        length, _, _ = content.partition(b" ")
        if not length.isdigit() or not len(length) < int(length) <= len(content):
            raise ArchiveRefused(_CUT)
        record, content = content[: int(length)], content[int(length) :]
        key, _, value = record[len(length) + 1 : -1].partition(b"=")
        if key in (b"path", b"size", b"mtime"):
            found[key.decode()] = value.decode("utf-8", "replace")
    return found


def _skip_map(stream: _Stream, block: bytes) -> None:
    """The list of a sparse file's gaps goes on in blocks of its own, as long as the one before says so."""
    goes_on = block[482]
    while goes_on:
        goes_on = stream.read(_BLOCK)[504]


def _number(field: bytes) -> int:
    """Octal digits, or for what they cannot hold a number in base 256. Raises ValueError."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    return int(field.strip(b" \x00") or b"0", 8)


def _text(field: bytes) -> str:
    return field.partition(b"\x00")[0].decode("utf-8", "replace")


def _time(seconds: float) -> datetime | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return None
