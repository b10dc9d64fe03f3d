"""Reads a zip that ``taking_out`` made: all of it is checked before anything of it is believed."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.belongings.taking_out import FORMAT, VERSION
from pipelines.belongings.zip_stream import PIECE, Entry
from pipelines.errors import KneewiseError
from pipelines.finding import LARGEST_FILE_BYTES
from pipelines.logbook.store import slug

MANIFEST = "manifest.json"
NAME = re.compile(r"README\.txt|(logbook|records|derived)/[a-z_]+\.csv|originals/(index\.jsonl|[0-9a-f]{64})")
LARGEST_TEXT_BYTES = 256 * 2**20
MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True)
class Export:
    """An export that is whole: every entry is there, of the size and hash that the manifest says."""

    athlete: str
    entries: tuple[Entry, ...]
    archive: zipfile.ZipFile

    def text(self, name: str) -> str:
        return self.archive.read(name).decode()

    def in_folder(self, folder: str) -> list[str]:
        return [entry.name for entry in self.entries if entry.name.startswith(f"{folder}/")]


@contextmanager
def opened(path: Path) -> Iterator[Export]:
    """Raises KneewiseError for a file that is no export, is damaged, or is of a newer version."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _manifest(path, archive)
            for entry in found.entries:
                if _hashed(archive, entry) != entry.sha256:
                    raise KneewiseError(f"{path} is damaged at {entry.name}; nothing was taken in.")
            yield found
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError, EOFError, NotImplementedError) as error:
        raise KneewiseError(f"{path} cannot be read as an export ({error}); nothing was taken in.") from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Export:
    names = archive.namelist()
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_TEXT_BYTES:
            raise ValueError("too large")
        said: dict[str, Any] = json.loads(archive.read(MANIFEST))
        entries = tuple(Entry(e["name"], e["bytes"], e["sha256"]) for e in said["entries"])
        athlete, told = str(said["athlete"]), (said["format"], said["version"])
    except (KeyError, TypeError, ValueError) as error:
        raise KneewiseError(f"{path} is no export of Kneewise: its manifest cannot be read.") from error
    if told[0] != FORMAT or told[1] != VERSION:
        raise KneewiseError(f"{path} is of another version ({told[0]} {told[1]}). Update Kneewise first.")
    if sorted(names) != sorted([MANIFEST, *(entry.name for entry in entries)]) or len(names) > MOST_ENTRIES:
        raise KneewiseError(f"{path} does not hold what its manifest says; nothing was taken in.")
    strange = [e.name for e in entries if not NAME.fullmatch(e.name) or e.bytes > _most_bytes(e.name)]
    if strange or slug(athlete) != athlete:
        raise KneewiseError(
            f"{path} holds what no export holds ({strange or athlete}); nothing was taken in."
        )
    return Export(athlete, entries, archive)


def _most_bytes(name: str) -> int:
    return LARGEST_FILE_BYTES if name.startswith("originals/") else LARGEST_TEXT_BYTES


def _hashed(archive: zipfile.ZipFile, entry: Entry) -> str:
    """The hash of what is really there, read no further than the manifest says."""
    digest, left = hashlib.sha256(), entry.bytes
    with archive.open(entry.name) as packed:
        while piece := packed.read(min(PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                return "longer than the manifest says"
            digest.update(piece)
    return digest.hexdigest()
