"""The style sheet and the pieces of pages: small, readable in light and dark, and all in one place."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader

from models.verdict import Level
from reports import sentences
from reports.dashboard.app import STATIC
from reports.dashboard.rendering import TEMPLATES, environment
from reports.dashboard.viewer import Viewer

STYLE = (STATIC / "kneewise.css").read_text(encoding="utf-8")
HERE = Path(__file__).parent
WORDS_ON = {
    "ink": ("paper", "sheet", "wash", "band"),
    "soft": ("paper", "sheet"),
    "mark": ("paper", "sheet", "wash"),
    "on-mark": ("mark",),
    "good": ("paper", "sheet"),
    **dict.fromkeys(("low", "guarded", "elevated", "high", "unknown"), ("paper", "sheet")),
}


def roles(scheme: str) -> dict[str, str]:
    """Colour role → #rrggbb of one scheme; what dark does not say anew stays as in light."""
    light = STYLE[: STYLE.index("@media (prefers-color-scheme:dark)")]
    dark = STYLE[len(light) : STYLE.index("}}", len(light))]
    told = light if scheme == "light" else light + dark
    return dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", told))


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #rrggbb."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_the_guideline_gives() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("scheme", "words"), list(product(("light", "dark"), WORDS_ON)))
def test_words_stand_out_from_what_they_are_on(scheme: str, words: str) -> None:
    colours = roles(scheme)
    for ground in WORDS_ON[words]:
        assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(scheme: str) -> None:
    colours = roles(scheme)
    assert contrast(colours["edge"], colours["sheet"]) >= 3
    assert contrast(colours["edge"], colours["paper"]) >= 3


def test_the_style_sheet_is_small_and_asks_nobody_else() -> None:
    assert len(STYLE.encode()) < 25_000
    assert "url(" not in STYLE and "@import" not in STYLE


def test_every_piece_can_be_drawn_and_carries_no_style_of_its_own() -> None:
    page = style_page()
    assert page.count('class="badge') == 10
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script", page)


def test_templates_keep_to_the_content_policy() -> None:
    """No style attribute, no event attribute, no script within a page, nothing from elsewhere."""
    careless = re.compile(
        r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=\"/static/)|(src|srcset)=\"(https?:)?//"
    )
    found = [p.name for p in TEMPLATES.rglob("*.j2") if careless.search(p.read_text(encoding="utf-8"))]
    assert found == []


def style_page() -> str:
    pages = environment().overlay(loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(HERE)]))
    levels = [
        SimpleNamespace(code=level.value, word=words.word, shape=words.shape)
        for level, words in ((level, sentences.level(level)) for level in Level)
    ]
    viewer = Viewer(1, "Ada Example", athlete="ada", is_coach=True)
    eleven = [(str(n), n) for n in range(11)]
    shown = {"viewer": viewer, "csrf": "token", "path": "/a/ada", "levels": levels, "eleven": eleven}
    return pages.get_template("style_page.html.j2").render(shown)
