"""What a reader of an HTML page sees, and whether its tags are in order."""

from __future__ import annotations

from html.parser import HTMLParser
from io import BytesIO

from pypdf import PdfReader

VOID = {"meta", "br", "link", "img", "hr", "input"}
UNSEEN = {"style", "script", "title", "desc"}


class Reader(HTMLParser):
    """Collects visible text, links and every attribute; refuses tags that close out of order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "href":
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not set(self.open) & UNSEEN:
            self.seen.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.seen).split())


def flat(text: str) -> str:
    """Plain text without its line breaks, for sentences that wrap."""
    return " ".join(text.split())


def paper_text(pdf: bytes, footer: str) -> str:
    """The running text of a PDF: without what ends every sheet, which is ``footer`` and the sheet's number."""
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages]
    return " ".join(sheet.rpartition(footer)[0] for sheet in sheets)
