"""Numbered sources: each piece of evidence a report leans on, listed once and linked by DOI."""

from __future__ import annotations

from dataclasses import dataclass

from features import evidence

GRADES = {
    "strong": "strong evidence",
    "moderate": "moderate evidence",
    "contested": "contested evidence",
    "mechanistic": "plausible from mechanics, not tested on injuries",
    "engineering": "a technical choice of ours",
    "product": "a reminder we chose, not evidence",
}
# Our own choices are stated where they are used; they are not literature and get no number.
UNCITED = ("engineering", "product")
DOI_RESOLVER = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class Source:
    number: int
    text: str
    doi: str | None
    claims: tuple[str, ...]

    @property
    def url(self) -> str | None:
        return f"{DOI_RESOLVER}{self.doi}" if self.doi else None


class Citations:
    """Hands out source numbers in the order in which a report first needs them."""

    def __init__(self) -> None:
        self._sources: dict[tuple[str, str | None], list[str]] = {}

    def cite(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """The source numbers behind some evidence names. Raises KeyError for an unknown name."""
        numbers: dict[int, None] = {}
        for name in names:
            entry = evidence.entry(name)
            if entry.grade in UNCITED:
                continue
            claims = self._sources.setdefault((entry.source, entry.doi or None), [])
            if entry.claim not in claims:
                claims.append(entry.claim)
            numbers[list(self._sources).index((entry.source, entry.doi or None)) + 1] = None
        return tuple(numbers)

    def listed(self) -> tuple[Source, ...]:
        return tuple(
            Source(number, text, doi, tuple(claims))
            for number, ((text, doi), claims) in enumerate(self._sources.items(), start=1)
        )


def grade_words(grade: str) -> str:
    return GRADES[grade]
