"""The report on paper: one story, told again by somebody else's PDF reader."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import builders
import pytest
from builders import athlete, calm_story, hilly_story
from page_text import flat, paper_text
from pypdf import PdfReader

from features.training_log import CheckIn
from reports.palette import LIGHT
from reports.week_page import compose
from reports.week_pdf import pdf_of
from reports.week_story import WeekStory
from reports.weekly import TEMPLATES

HOSTILE = (
    '#eval("1+1") $x^2$ *b* _i_ \\ <a> @b `c` ]] // "quoted" #{ set page(width: 1pt) } \x1b[31m\u202e\x00'
)


def opened(told: WeekStory) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(compose(told))))


def words_of(pdf: PdfReader) -> str:
    return flat(" ".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("name", sorted(builders.STORIES))
def test_every_story_fits_few_pages_and_says_it_is_accessible(name: str) -> None:
    pdf = opened(builders.STORIES[name]())
    assert 2 <= len(pdf.pages) <= 5
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)  # A4


def test_the_paper_says_what_the_page_says() -> None:
    told = hilly_story()
    pdf = opened(told)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Tom Weber: Week 46, Monday 9 to Sunday 15 November 2026"
    page = compose(told)
    words = paper_text(pdf_of(page), "Tom Weber, Week 46: ")
    rows = [row.sentence for row in (*page.why.acting, *page.why.idle, *page.why.shown)]
    changes = [row.action for row in page.next_week.changes]
    doses = [e.dose for e in page.next_week.exercises]
    for said in (*rows, *changes, *doses, *page.not_known, *page.limits, *page.first_measures, page.summary):
        assert _letters(said) in _letters(words)
    assert "2 of" in pdf.pages[1].extract_text()


def test_a_red_flag_is_on_the_first_page_before_the_level() -> None:
    first = flat(opened(builders.red_flag_story()).pages[0].extract_text())
    assert first.index("Please have your knee seen today") < first.index("Level of the last seven days")


def test_pictures_have_words_for_those_who_do_not_see_them() -> None:
    raw = pdf_of(compose(hilly_story()))
    seen = {
        str(o.get("/Alt")) for o in _objects(PdfReader(BytesIO(raw))) if isinstance(o, dict) and "/Alt" in o
    }
    assert any("This week 44.6 km in 4 runs." in words for words in seen)
    assert sum("knee" in words or "leg" in words for words in seen) >= 4  # the exercises' drawings


def test_what_people_wrote_is_never_read_as_markup() -> None:
    told = replace(
        calm_story(athlete(HOSTILE)),
        shoes=(builders.pair(610, HOSTILE),),
        check_ins=(CheckIn("ada", builders.SUNDAY, 1, note=HOSTILE),),
    )
    pdf = opened(told)
    shown = '#eval("1+1") $x^2$ *b* _i_ \\ <a> @b `c` ]] // "quoted" #{ set page(width: 1pt) } [31m'
    assert _letters(words_of(pdf)).count(_letters(shown)) >= 3  # name, pair, note
    assert pdf.pages[0].mediabox.width > 500
    assert pdf.metadata is not None and str(pdf.metadata.title).startswith(shown)


@pytest.mark.parametrize("name", ["Дмитрий Ωμέγα", "Nguyễn Thị Ánh", "Žofie Łoś İnci"])
def test_names_in_latin_greek_and_cyrillic_are_printed_with_the_fonts_that_come_along(name: str) -> None:
    pdf = opened(calm_story(athlete(name)))
    assert name in words_of(pdf)
    fonts = {str(f.get_object()["/BaseFont"]) for f in pdf.pages[0]["/Resources"]["/Font"].values()}
    assert all(re.search("Libertinus|DejaVuSansMono", font) for font in fonts)


def test_a_letter_without_a_font_costs_the_standard_and_not_the_report() -> None:
    pdf = opened(calm_story(athlete("Ada 🏃 \U0001fae9")))
    assert len(pdf.pages) >= 2 and "Ada" in words_of(pdf)


def test_the_same_report_is_the_same_file() -> None:
    assert pdf_of(compose(hilly_story())) == pdf_of(compose(hilly_story()))


def test_miles_stay_miles_on_paper() -> None:
    words = words_of(opened(calm_story(athlete(units="mi"))))
    assert "8.3 mi" in words and "9:15 min/mi" in words
    assert not re.search(r"\d km\b|min/km", words.split("Sources")[0])


def test_paper_has_the_colours_of_the_page() -> None:
    css = (TEMPLATES / "week.css").read_text(encoding="utf-8")
    root = css[: css.index("@media")]
    assert dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", root)) == LIGHT


def _letters(text: str) -> str:
    """Without spaces: a line may end within a word that has a hyphen."""
    return "".join(text.split())


def _objects(pdf: PdfReader) -> list[object]:
    return [
        pdf.get_object(n) for n in range(1, pdf.trailer["/Size"]) if n in pdf.xref[0] or n in pdf.xref_objStm
    ]
