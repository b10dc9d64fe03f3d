"""The receipt of a deletion: how many rows and files went, and nothing that tells who it was.

Whoever knows the id can find out that a receipt is about it; from the receipt alone nobody can tell the id.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

FOLDER = "receipts"


@dataclass(frozen=True, slots=True)
class Files:
    """How many files there were, and how large together."""

    files: int
    bytes: int

    @classmethod
    def of(cls, paths: Iterable[Path]) -> Files:
        sizes = [path.stat().st_size for path in paths]
        return cls(len(sizes), sum(sizes))


@dataclass(frozen=True, slots=True)
class Receipt:
    """``number`` is its name; ``about`` is a hash of number and id together."""

    number: str
    deleted_at: datetime
    about: str
    told: Mapping[str, int]
    derived: Mapping[str, int]
    files: Mapping[str, Files]

    @property
    def rows(self) -> int:
        return sum(self.told.values()) + sum(self.derived.values())

    def is_about(self, athlete: str) -> bool:
        return self.about == _about(self.number, athlete)


def new_receipt(
    athlete: str,
    now: datetime,
    told: Mapping[str, int],
    derived: Mapping[str, int],
    files: Mapping[str, Files],
) -> Receipt:
    number = f"{now:%Y%m%d}-{secrets.token_hex(4)}"
    return Receipt(number, now, _about(number, athlete), told, derived, files)


def keep(home: Path, receipt: Receipt) -> None:
    path = _folder(home) / f"{receipt.number}.json"
    path.write_text(json.dumps(asdict(receipt), default=str, indent=1), encoding="utf-8")


def unfinished(home: Path, athlete: str) -> Path:
    """The mark that stands while a deletion is under way: after a crash it may be done once more."""
    return _folder(home) / f"{_about('unfinished', athlete)}.unfinished"


def _folder(home: Path) -> Path:
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def lines(receipt: Receipt) -> list[str]:
    """The receipt in words, a line each."""
    rows = (("logbook", receipt.told), ("warehouse", receipt.derived))
    counted = [f"{place} {table}: {n} rows" for place, tables in rows for table, n in sorted(tables.items())]
    files = [
        f"{place}: {each.files} files, {each.bytes:,} bytes"
        for place, each in receipt.files.items()
        if each.files
    ]
    return [
        f"Receipt {receipt.number}: deleted at {receipt.deleted_at:%Y-%m-%d %H:%M} UTC.",
        *counted,
        *files,
    ]


def _about(number: str, athlete: str) -> str:
    return hashlib.sha256(f"{number}\n{athlete}".encode()).hexdigest()
