"""Writes the documentation pages that are made from code: features, evidence and exercises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from features import catalog, evidence
from reports import exercise_table

PAGES: dict[str, Callable[[], str]] = {
    "features.md": catalog.render_markdown,
    "evidence.md": evidence.render_markdown,
    "exercises.md": exercise_table.render_markdown,
}

if __name__ == "__main__":
    for name, render in PAGES.items():
        (Path(__file__).parent / name).write_text(render(), encoding="utf-8")
