"""Page, plain text, mail and paper tell the same: no template forgets what another one says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import builders
import pytest
from page_text import Reader, paper_text

from reports.page import Page
from reports.week_mail import mail_html
from reports.week_page import compose
from reports.week_pdf import pdf_of
from reports.weekly import html_of, text_of

# Drawn, or words for one form alone.
NOT_SAID = {"activity", "code", "drawing", "shape", "scale", "marks", "grid", "grade", "units", "model"}
# The picture in words: where it is not seen, its description and its rows stand for it.
PICTURE = {"description", "rows", "label"}


def _letters(text: str) -> str:
    """Without spaces and case: lines end anywhere, and headings are upper case in plain text."""
    return "".join(text.split()).replace("’", "'").lower()


def _paper(page: Page) -> str:
    return paper_text(pdf_of(page), f"{page.athlete}, {page.number}: ")


FORMS: dict[str, Callable[[Page], str]] = {
    "page": lambda page: Reader(html_of(page)).text,
    "text": text_of,
    "mail": lambda page: Reader(mail_html(page)).text,
    "paper": _paper,
}


def words_in(value: object) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from words_in(part)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in NOT_SAID | PICTURE:
                yield from words_in(getattr(value, one.name))


@pytest.mark.parametrize("name", sorted(builders.STORIES))
def test_what_one_form_says_every_form_says(name: str) -> None:
    page = compose(builders.STORIES[name]())
    shown = {form: _letters(say(page)) for form, say in FORMS.items()}
    for words in words_in(page):
        said = {form for form, text in shown.items() if _letters(words) in text}
        assert said in (set(), set(FORMS)), f"only {sorted(said)} say {words!r}"
