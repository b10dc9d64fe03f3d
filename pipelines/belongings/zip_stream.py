"""Writes a zip as it is fetched: entry by entry, piece by piece, never more than a piece in memory.

Each entry's hash is taken on the way, and the manifest that lists them all comes last.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one entry."""

    name: str
    bytes: int
    sha256: str


class ZipStream:
    """``add`` entries and pass on what it yields; then ``end``."""

    def __init__(self, made_at: datetime) -> None:
        self.entries: list[Entry] = []
        self._date = (*made_at.timetuple()[:5], 0)
        self._outlet = _Outlet()
        self._zip = zipfile.ZipFile(self._outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=3)

    def add(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """One entry of these pieces."""
        info = zipfile.ZipInfo(name, self._date)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
                if self._outlet.waiting > PIECE:
                    yield self._outlet.take()
        self.entries.append(Entry(name, size, digest.hexdigest()))
        yield self._outlet.take()

    def end(self) -> Iterator[bytes]:
        self._zip.close()
        yield self._outlet.take()


class _Outlet(io.RawIOBase):
    """A file that cannot be gone back in: what is written waits to be taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: object, /) -> int:
        kept = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(kept)
        self.waiting += len(kept)
        return len(kept)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces, self.waiting = [], 0
        return taken
