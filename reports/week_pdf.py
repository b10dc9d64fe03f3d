"""The weekly report on paper: the same finished words as the page and the text, as a tagged PDF.

What people wrote goes in as data, never as markup, so a name can hold anything.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reports import drawings, palette, typesetting, wording
from reports.page import Page
from reports.weekly import picture_of

TEMPLATE = Path(__file__).with_name("templates") / "week.typ"


def pdf_of(page: Page) -> bytes:
    """One report as PDF bytes, the same each time."""
    return typesetting.pdf(TEMPLATE.read_bytes(), _inputs(page))


def _inputs(page: Page) -> dict[str, str]:
    told = {
        "page": json.dumps(_plain(asdict(page))),
        "palette": json.dumps(palette.LIGHT),
        "picture": picture_of(page, palette.chart_style(11)),
    }
    for n, exercise in enumerate(page.next_week.exercises):
        told[f"drawing-{n}"] = palette.printable(exercise.drawing)
        told[f"seen-{n}"] = drawings.words_of(exercise.drawing)
    return told


def _plain(value: Any) -> Any:
    """Every text as one line without control characters, however deep."""
    if isinstance(value, str):
        return wording.plain(value)
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
