"""The files as they came, kept byte for byte under their hash, with an index of whose they are.

With the logbook beside it this is all that is precious: a warehouse can be made from it again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.decoding import activity_id
from pipelines.warehouse.writing import FileRow

INDEX = "index.jsonl"
MOST_PARTS = 64  # workouts in one file; more of one that have titles of their own there are none
_KEPT_FIELDS = ("athlete", "path", "sha256", "content_sha256", "bytes", "mtime_ns")


def original_of(originals: Path, sha256: str) -> Path:
    """Where the bytes with this hash are kept."""
    return originals / sha256[:2] / sha256


def keep_original(originals: Path, row: FileRow, payload: bytes) -> None:
    """Keep a file's bytes, written whole or not at all, and note whose they are."""
    target = original_of(originals, row.sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f"{row.sha256}.{os.getpid()}.new")
        fresh.write_bytes(payload)
        os.replace(fresh, target)
    noted = {name: getattr(row, name) for name in _KEPT_FIELDS}
    _append(originals, {"kept": noted | {"seen_at": row.seen_at.isoformat()}})


def keep_titles(originals: Path, titles: Mapping[str, str]) -> None:
    """Note the titles that an account's export gave to recordings: no workout file has them."""
    if titles:
        _append(originals, {"titles": dict(titles)})


def kept_files(originals: Path) -> Iterator[FileRow]:
    """Every file noted, once, as a row whose outcome is open."""
    seen: set[tuple[str, str, str]] = set()
    for line in _lines(originals):
        noted = line.get("kept")
        if (
            isinstance(noted, dict)
            and (key := (noted["athlete"], noted["path"], noted["sha256"])) not in seen
        ):
            seen.add(key)
            seen_at = datetime.fromisoformat(noted.pop("seen_at"))
            yield FileRow(**noted, seen_at=seen_at, format=None, outcome="", reason="", recording_ids=[])


def kept_titles(originals: Path) -> dict[str, str]:
    """Recording → title; the last one noted counts."""
    titles: dict[str, str] = {}
    for line in _lines(originals):
        titles |= line.get("titles", {})
    return titles


def index_lines(originals: Path, athlete: str) -> list[dict[str, Any]]:
    """What the index says of one athlete: their files, and the titles of their recordings."""
    mine = [line for line in _lines(originals) if _noted_for(line) == athlete]
    recordings = {
        activity_id(athlete, line["kept"]["content_sha256"] or "", part)
        for line in mine
        for part in range(MOST_PARTS)
    }
    titles = {name: title for name, title in kept_titles(originals).items() if name in recordings}
    return [*mine, *([{"titles": titles}] if titles else [])]


def add_lines(originals: Path, lines: Iterable[Mapping[str, object]]) -> None:
    """Take over lines of another home's index."""
    for line in lines:
        _append(originals, dict(line))


def forget(originals: Path, athlete: str) -> list[Path]:
    """Take an athlete out of the index, and return the files that are nobody else's now. Nobody else may write it."""
    lines = list(_lines(originals))
    mine = index_lines(originals, athlete)
    titled = {name for line in mine for name in line.get("titles", {})}
    others = [_without(line, titled) for line in lines if _noted_for(line) != athlete]
    needed = {line["kept"]["sha256"] for line in others if "kept" in line}
    gone = sorted({line["kept"]["sha256"] for line in mine if "kept" in line} - needed)
    if mine:
        fresh = originals / f"{INDEX}.new"
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        for line in others:
            if line.get("titles", True):
                _append_to(fresh, line)
        os.replace(fresh, originals / INDEX)
    return [path for sha256 in gone if (path := original_of(originals, sha256)).is_file()]


def _without(line: dict[str, Any], titled: Collection[str]) -> dict[str, Any]:
    if "titles" not in line:
        return line
    return {**line, "titles": {k: v for k, v in line["titles"].items() if k not in titled}}


def _noted_for(line: Mapping[str, Any]) -> str | None:
    kept = line.get("kept")
    return kept.get("athlete") if isinstance(kept, dict) else None


def _append(originals: Path, line: dict[str, object]) -> None:
    originals.mkdir(parents=True, exist_ok=True)
    _append_to(originals / INDEX, line)


def _append_to(path: Path, line: Mapping[str, object]) -> None:
    with path.open("a", encoding="utf-8") as index:
        # a line end first too: what a crash cut off stays by itself, and empty lines say nothing
        index.write("\n" + json.dumps(line, ensure_ascii=False) + "\n")


def _lines(originals: Path) -> Iterator[dict[str, Any]]:
    """The index's lines; one that a crash cut off is passed over."""
    index = originals / INDEX
    if not index.is_file():
        return
    for line in index.read_text(encoding="utf-8").split("\n"):  # no other line end counts: titles have some
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue
