"""The weekly report on paper: the same finished words as the page and the text, as a tagged PDF.

Typst sets it. What people wrote goes in as data, never as markup, so a name can hold anything.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports import drawings, palette, wording
from reports.page import Page
from reports.weekly import picture_of

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATE = Path(__file__).with_name("templates") / "week.typ"
# Accessible to screen readers (ISO 14289-1): typst refuses to make it where words for a picture are missing.
STANDARD = "ua-1"
NO_FONT = "could not be displayed with font"
_SEEN = re.compile("<title>(.*?)</title>")


def pdf_of(page: Page) -> bytes:
    """One report as PDF bytes, the same each time.

    A letter that no font of this computer has is shown as an empty box; the file then claims no standard.
    """
    import typst

    words = _inputs(page)
    try:
        return _compiled(words, STANDARD)
    except typst.TypstError as error:
        if NO_FONT not in error.message:
            raise
        return _compiled(words)


def _compiled(words: dict[str, str], *standards: Any) -> bytes:
    import typst

    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs=words,
        pdf_standards=list(standards),
        timestamp=0,
    )


@cache
def _fonts() -> Fonts:
    """Found once: looking through a computer's fonts takes longer than a report."""
    from typst import Fonts

    return Fonts()


def _inputs(page: Page) -> dict[str, str]:
    told = {
        "page": json.dumps(_plain(asdict(page))),
        "palette": json.dumps(palette.LIGHT),
        "picture": picture_of(page, palette.CHART),
    }
    for n, exercise in enumerate(page.next_week.exercises):
        seen = _SEEN.search(exercise.drawing)
        told[f"drawing-{n}"] = exercise.drawing.replace(drawings.ACCENT, palette.LIGHT["elevated"])
        told[f"seen-{n}"] = seen[1] if seen else exercise.name
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
