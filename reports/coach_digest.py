"""A coach's week as a mail: who changed and why, who has calmed down, and everyone else in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from reports import palette
from reports.dashboard.views.digest import Digest
from reports.dashboard.views.roster import Row
from reports.weekly import environment, fold
from reports.wording import count, long_date, plain, weekday

WHY_YOU_GET_THIS = "You get this because athletes share with you in Kneewise. It says only what each of them shared when it was sent."
HOW_TO_END_IT = "To get no more of it, ask whoever runs Kneewise for you: kneewise users digest EMAIL --off"


@dataclass(frozen=True, slots=True)
class DigestLinks:
    """The digest's own page, each athlete's, and what ends the digest."""

    page: str
    athletes: Mapping[str, str]
    stop: str

    def to(self, row: Row) -> str | None:
        """The athlete's page, where this coach may see it."""
        return self.athletes[row.athlete] if row.is_training_shared else None


def subject(digest: Digest) -> str:
    """Says how many, and not who: subjects are read on locked screens."""
    number = len(digest.worse)
    if not number:
        return "Kneewise: none of your athletes needs a word"
    return f"Kneewise: {count(number, 'athlete')} {'needs' if number == 1 else 'need'} a word"


def as_html(digest: Digest, day: date, links: DigestLinks | None) -> str:
    return (
        environment()
        .get_template("coach_mail.html.j2")
        .render(
            page=digest,
            day=_day(day),
            parts=_parts(digest),
            links=links,
            colour=palette.LIGHT,
            why=WHY_YOU_GET_THIS,
            how_to_end_it=HOW_TO_END_IT,
        )
    )


def as_text(digest: Digest, day: date, links: DigestLinks | None) -> str:
    """At most 72 columns wide, but for links."""
    lines = ["KNEEWISE DIGEST", _day(day), "", fold(digest.headline)]
    for heading, rows in _parts(digest):
        lines += ["", heading.upper(), "-" * len(heading)]
        lines += chain.from_iterable(_person(row, links) for row in rows)
    if digest.as_usual:
        lines += ["", "AS USUAL", "--------", fold(f"{', '.join(map(plain, digest.as_usual))}.")]
    if links is not None:
        lines += ["", f"This digest as it is now: {links.page}"]
    ending = HOW_TO_END_IT if links is None else f"No more of this: {links.stop}"
    lines += ["", "-- ", fold(WHY_YOU_GET_THIS), ending if links else fold(ending)]
    return "\n".join(lines) + "\n"


def _day(day: date) -> str:
    return f"{weekday(day)} {long_date(day)}"


def _parts(digest: Digest) -> list[tuple[str, tuple[Row, ...]]]:
    every = (
        ("Needs a word", digest.worse),
        ("Calmer than a week ago", digest.better),
        ("By the way", digest.look_at),
    )
    return [(heading, rows) for heading, rows in every if rows]


def _person(row: Row, links: DigestLinks | None) -> Iterator[str]:
    level = "" if row.level is None else f": {row.level.shape} {row.level.word}"
    # where there are lines, they tell the change
    was = (
        "" if row.lines or row.level is None or not row.level.was else f", {row.level.was.lower()} a week ago"
    )
    yield fold(f"{row.name}{level}{was}")
    yield from (fold(line, 2) for line in row.lines)
    if row.reason:
        yield fold(row.reason, 2)
    if links is not None and (url := links.to(row)):
        yield f"  {url}"
