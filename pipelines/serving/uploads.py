"""Files that come through a browser or the API: put whole into the athlete's inbox, told apart by receipt.

Nothing is decoded here. Each upload is a folder ``inbox/<athlete>/uploads/<receipt>/`` that appears in one step,
so that whoever syncs the inbox never sees half a file; what became of each is asked of the published copy.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.errors import KneewiseError
from pipelines.settings import Settings
from pipelines.warehouse import reading, store

UPLOADS = "uploads"
RECEIPT = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")
LONGEST_NAME = 120
MOST_FILES = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one uploaded file, or of one inside an uploaded archive; ``outcome`` is None while it waits."""

    name: str
    outcome: str | None
    reason: str
    activities: tuple[str, ...] = ()


def uploads_of(settings: Settings, athlete: str) -> Path:
    """The folder of all uploads of one athlete."""
    return settings.inbox_path / athlete / UPLOADS


def receive(settings: Settings, athlete: str, files: Iterable[tuple[str, BinaryIO]]) -> str:
    """Keep (name, content) pairs and return the receipt.

    Raises KneewiseError where there are none or too many, or the disk cannot take them; nothing is kept then.
    """
    receipt = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    folder = uploads_of(settings, athlete)
    arriving = folder / f".{receipt}"  # hidden names are not synced
    try:
        arriving.mkdir(parents=True, mode=0o700)
        taken: set[str] = set()
        for name, content in files:
            if len(taken) == MOST_FILES:
                raise KneewiseError(f"more than {MOST_FILES} files at once; put them into a zip file.")
            with (arriving / _free(safe_name(name), taken)).open("xb") as kept:
                shutil.copyfileobj(content, kept, 1 << 20)
        if not taken:
            raise KneewiseError("no file was chosen.")
        os.replace(arriving, folder / receipt)
    except OSError as error:
        raise KneewiseError(f"the files could not be stored ({error.strerror}). Try again later.") from error
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    return receipt


def outcomes(settings: Settings, athlete: str, receipt: str) -> tuple[Outcome, ...] | None:
    """Each file of an upload with its outcome, by name; None if there is no such upload."""
    folder = uploads_of(settings, athlete) / receipt
    if not RECEIPT.fullmatch(receipt) or not folder.is_dir():
        return None
    names = sorted(path.name for path in folder.iterdir())
    rows = _rows(settings, athlete, f"{folder.resolve()}/")
    waiting = [Outcome(name, None, "") for name in names if name not in rows]
    known = [
        Outcome(name, row["outcome"], row["reason"] or "", tuple(row["activity_ids"]))
        for name, row in rows.items()
    ]
    return tuple(sorted((*waiting, *known), key=lambda told: told.name))


def _rows(settings: Settings, athlete: str, prefix: str) -> Mapping[str, dict[str, Any]]:
    """Path below the upload's folder → file row."""
    if not settings.published_path.is_file():
        return {}
    with store.open_published(settings.published_path) as db:
        rows = reading.rows(db, "uploaded_files", {"athlete": athlete, "prefix": prefix})
    return {row["path"].removeprefix(prefix): row for row in rows}


def receipts(settings: Settings, athlete: str, most: int = 10) -> Sequence[str]:
    """The newest uploads, newest first."""
    folder = uploads_of(settings, athlete)
    if not folder.is_dir():
        return ()
    return sorted((p.name for p in folder.iterdir() if RECEIPT.fullmatch(p.name)), reverse=True)[:most]


def safe_name(name: str) -> str:
    """The file's own name without any path, control characters or what a file system may refuse."""
    base = re.split(r"[/\\]", name)[-1]
    kept = "".join("_" if c in '<>:"|?*' or not c.isprintable() else c for c in base).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not kept or kept.lower().endswith((".part", ".tmp", ".download", ".crdownload", "~")):
        return "file" + (f"-{kept.replace('.', '-').strip('~')}" if kept else "")
    return kept if len(kept) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - 12]}{dot}{ending[:11]}"


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken already, in any case."""
    stem, dot, ending = name.partition(".")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}"
    taken.add(free.casefold())
    return free
