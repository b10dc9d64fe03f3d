"""PDF and PNG by typst, which needs nothing but itself: templates and pictures of our own in, bytes out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts

# Accessible to screen readers (ISO 14289-1): typst refuses to make it where words for a picture are missing.
ACCESSIBLE = "ua-1"
NO_FONT = "could not be displayed with font"
PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: rgb(sys.inputs.ground))
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))
"""


def pdf(template: bytes, words: dict[str, str]) -> bytes:
    """A document without a date in it, so that the same words are the same bytes.

    A letter that no font of this computer has is shown as an empty box; the file then claims no standard.
    """
    import typst

    try:
        return _compiled(template, words, ACCESSIBLE)
    except typst.TypstError as error:
        if NO_FONT not in error.message:
            raise
        return _compiled(template, words)


def png(svg: str, width: int, ground: str) -> bytes:
    """A picture for readers that show no SVG, ``width`` points wide at two pixels a point, on a colour."""
    import typst

    return typst.compile(
        PICTURE,
        format="png",
        ppi=144,
        font_paths=_fonts(),
        sys_inputs={"svg": svg, "width": f"{width}pt", "ground": ground},
    )


def _compiled(template: bytes, words: dict[str, str], *standards: Any) -> bytes:
    import typst

    return typst.compile(
        template,
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
