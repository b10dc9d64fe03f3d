"""Writes an archive to a folder and walks it."""

from __future__ import annotations

from pathlib import Path

from pipelines.sources.archives import Member, Refused, walk_archive


class Walk:
    """``walk(content)`` is what comes out of an archive of that content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, content: bytes, name: str = "export.zip") -> list[Member | Refused]:
        path = self.folder / name
        path.write_bytes(content)
        return list(walk_archive(path))


def the_reason(found: list[Member | Refused]) -> str:
    """Of an archive of which nothing was read."""
    (only,) = found
    assert isinstance(only, Refused), only
    assert only.reason.endswith(".")
    return only.reason
