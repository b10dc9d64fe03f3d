"""Writes the documentation pages that are made from code: features and evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from features import catalog, evidence

PAGES: dict[str, Callable[[], str]] = {
    "features.md": catalog.render_markdown,
    "evidence.md": evidence.render_markdown,
}

if __name__ == "__main__":
    for name, render in PAGES.items():
        (Path(__file__).parent / name).write_text(render(), encoding="utf-8")
