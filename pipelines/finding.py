"""Looks at what lies at the paths: files, and files inside archives, known ones without reading them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipelines.errors import KneewiseError
from pipelines.sources.archives import HEAD_BYTES, Refused, is_archive, walk_archive
from pipelines.sources.reading import content_of
from pipelines.warehouse.reading import KnownFile
from pipelines.warehouse.writing import FileRow

LARGEST_FILE_BYTES = 256 * 2**20  # a day-long ultra with every sensor stays below 20 MB
# What a computer puts beside files when it packs them, some of it named like them (._run.fit).
_SYSTEM_FILE = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")
# Refusing one of these is a problem to tell; refusing a video or a document is not.
_WANTED = re.compile(r"\.(fit|gpx|tcx|zip|tar|gz|tgz)$", re.IGNORECASE)
NEVER_KNOWN = -1  # a time stamp that no file has: such a row is looked at again


@dataclass(frozen=True, slots=True)
class Found:
    """One file as found, its bytes in hand. ``row.outcome`` is empty while it is open; an archive's
    bytes are not read at once."""

    row: FileRow
    payload: bytes
    is_archive: bool = False


def find_files(paths: Iterable[Path]) -> list[Path]:
    """All regular files at or below the paths, each once, in a stable order.

    Raises KneewiseError for a path that is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path.resolve()):
                folders.sort()
                for name in sorted(names):
                    candidate = Path(folder, name)
                    if candidate.is_file():
                        found[candidate.resolve() if candidate.is_symlink() else candidate] = None
        elif path.is_file():
            found[path.resolve()] = None
        else:
            raise KneewiseError(
                f"{path} is not there. Give a file or a folder of FIT, GPX or TCX files, or an archive of them."
            )
    return list(found)


def look(path: Path, athlete: str, known: Mapping[str, Sequence[KnownFile]]) -> Found | None:
    """A file's bytes and hashes; None if its size and time stamp are known."""
    row = _open_row(athlete, shown(path))
    try:
        stat = path.stat()
        stamp = (stat.st_size, stat.st_mtime_ns)
        if any((seen.bytes, seen.mtime_ns) == stamp for seen in known.get(row.path, ())):
            return None
        row = replace(row, bytes=stat.st_size)
        with path.open("rb") as file:
            if is_archive(file.read(HEAD_BYTES)):
                file.seek(0)
                sha = hashlib.file_digest(file, "sha256").hexdigest()
                return Found(replace(row, sha256=sha, mtime_ns=stat.st_mtime_ns), b"", is_archive=True)
        if stat.st_size > LARGEST_FILE_BYTES:
            reason = f"This file has {stat.st_size / 2**20:.0f} MB; no workout file is larger than 256 MB."
            return Found(replace(row, outcome="rejected", reason=reason, mtime_ns=stat.st_mtime_ns), b"")
        payload = path.read_bytes()
    except OSError as error:
        reason = f"This file could not be opened ({error.strerror}). Check its permissions and sync again."
        return Found(replace(row, outcome="rejected", reason=reason), b"")
    return _hashed(replace(row, mtime_ns=stat.st_mtime_ns), payload)


def look_inside(archive: Path, athlete: str) -> Iterator[Found]:
    """The files of an archive, one at a time; those that were refused come with their outcome."""
    for member in walk_archive(archive):
        row = _open_row(athlete, f"{shown(archive.parent)}/{member.name}")
        if isinstance(member, Refused):
            wanted = member.name == archive.name or _WANTED.search(member.name) is not None
            yield Found(replace(row, outcome="rejected" if wanted else "ignored", reason=member.reason), b"")
        elif _SYSTEM_FILE.search(member.name):
            yield Found(
                replace(row, outcome="ignored", reason="A note that a computer keeps for itself."), b""
            )
        else:
            yield _hashed(replace(row, bytes=len(member.payload)), member.payload)


def shown(path: Path) -> str:
    """The path as it can be stored and printed: old disks and archives have names that are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _open_row(athlete: str, path: str) -> FileRow:
    return FileRow(
        athlete=athlete,
        path=path,
        sha256="",
        content_sha256=None,
        bytes=0,
        mtime_ns=NEVER_KNOWN,
        format=None,
        outcome="",
        reason="",
        recording_ids=[],
        seen_at=datetime.now(UTC).replace(tzinfo=None),
    )


def _hashed(row: FileRow, payload: bytes) -> Found:
    content = hashlib.sha256(content_of(payload)).hexdigest()
    return Found(replace(row, sha256=hashlib.sha256(payload).hexdigest(), content_sha256=content), payload)
