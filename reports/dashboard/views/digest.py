"""This week's digest for a coach: who changed and why, in words, to be read once and printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from features.training_log import Week
from reports import attention, wording
from reports.attention import Standing
from reports.dashboard.views.roster import Row, roster


@dataclass(frozen=True, slots=True)
class Digest:
    """``worse`` need a word, ``better`` have calmed down; all others are named in ``as_usual``."""

    week: str
    headline: str
    worse: tuple[Row, ...]
    better: tuple[Row, ...]
    look_at: tuple[Row, ...]
    as_usual: tuple[str, ...]


def digest(standings: Sequence[Standing], today: date) -> Digest:
    words = [s for s in standings if attention.needs_a_word(s)]
    better = [s for s in standings if s not in words and attention.steps_risen(s) < 0]
    look_at = [s for s in standings if s not in words and s not in better and attention.codes(s)]
    rest = [s for s in standings if s not in words and s not in better and s not in look_at]
    return Digest(
        week=wording.week_span(Week.of(today)),
        headline=roster(standings, today, None, None).headline,
        worse=_rows(words, today),
        better=_rows(better, today),
        look_at=_rows(look_at, today),
        as_usual=tuple(sorted((s.name for s in rest), key=str.casefold)),
    )


def _rows(standings: Sequence[Standing], today: date) -> tuple[Row, ...]:
    found = roster(standings, today, None, None)
    return (*found.rows, *found.quiet)
