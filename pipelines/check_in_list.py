"""Knee check-ins from words: the options of one, or the lines of a CSV file, every wrong one named."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TypeVar

from features.training_log import CheckIn, Onset, Side, Symptom
from pipelines.errors import KneewiseError

PAINS = ("pain_running", "pain_after", "pain_next_morning")
COLUMNS = ("day", *PAINS, "side", "onset", "symptoms", "can_bear_weight", "after_trauma", "note")
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
MANY_ERRORS = 10  # more are told as a count

Word = TypeVar("Word", bound=StrEnum)


def check_in_of(athlete: str, told: Mapping[str, str], today: date) -> CheckIn:
    """A check-in from words by the names of ``COLUMNS``; symptoms are separated by semicolons.

    Raises ValueError for what cannot be so.
    """
    words = {name: word.strip() for name, word in told.items() if word.strip()}
    day = _day(words.pop("day", ""), today)
    if not words:
        raise ValueError("nothing is told but the day; no pain is 0")
    return CheckIn(
        athlete=athlete,
        day=day,
        **{name: _pain(name, words[name]) for name in PAINS if name in words},
        side=_one_of(Side, "side", words["side"]) if "side" in words else None,
        onset=_one_of(Onset, "onset", words["onset"]) if "onset" in words else None,
        symptoms=frozenset(
            _one_of(Symptom, "symptom", symptom.strip())
            for symptom in words.get("symptoms", "").split(";")
            if symptom.strip()
        ),
        can_bear_weight=_truth("can_bear_weight", words.get("can_bear_weight")),
        after_trauma=_truth("after_trauma", words.get("after_trauma")),
        note=words.get("note"),
    )


def read_check_ins(path: Path, athlete: str, today: date) -> list[CheckIn]:
    """The check-ins of a CSV file whose first line names its columns.

    Raises KneewiseError that names every wrong line; a file with one is not used at all.
    """
    rows = _rows(path)
    _, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    unknown = [name for name in names if name not in COLUMNS]
    if "day" not in names or unknown or len(set(names)) < len(names):
        raise KneewiseError(
            f"{path}, line 1: the columns are {', '.join(COLUMNS)}, each once and at least day; "
            f"got {', '.join(names) or 'nothing'}."
        )
    found: list[CheckIn] = []
    wrong: list[str] = []
    line_of: dict[date, int] = {}
    for line, row in rows:
        try:
            if len(row) > len(names):
                raise ValueError(f"{len(row)} cells, but {len(names)} columns")
            check_in = check_in_of(athlete, dict(zip(names, row, strict=False)), today)
            if check_in.day in line_of:
                raise ValueError(f"{check_in.day} is told on line {line_of[check_in.day]} already")
            line_of[check_in.day] = line
            found.append(check_in)
        except ValueError as error:
            wrong.append(f"line {line}: {error}")
    if wrong:
        more = f"; and {len(wrong) - MANY_ERRORS} more" if len(wrong) > MANY_ERRORS else ""
        raise KneewiseError(f"nothing was stored. {path}, {'; '.join(wrong[:MANY_ERRORS])}{more}.")
    if not found:
        raise KneewiseError(f"{path} holds no check-in below its first line.")
    return found


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line that it begins on."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KneewiseError(f"{path} cannot be read as text in UTF-8 ({error}).") from error
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise KneewiseError(f"nothing was stored. {path}, line {line}: {error}.") from error


def _day(word: str, today: date) -> date:
    try:
        day = date.fromisoformat(word)
    except ValueError as error:
        raise ValueError(f"{word!r} is not a day; it looks like 2026-11-15") from error
    if day > today:
        raise ValueError(f"{day} has not come yet")
    return day


def _pain(name: str, word: str) -> int:
    if word not in map(str, range(11)):
        raise ValueError(f"{name} is a whole number from 0 to 10, got {word!r}")
    return int(word)


def _one_of(words: type[Word], what: str, word: str) -> Word:
    known = word.lower().replace(" ", "_")
    if known not in set(words):
        raise ValueError(f"{word!r} is no {what}; there are {', '.join(words)}")
    return words(known)


def _truth(name: str, word: str | None) -> bool | None:
    if word is None:
        return None
    if word.lower() not in (*YES, *NO):
        raise ValueError(f"{name} is yes or no, got {word!r}")
    return word.lower() in YES
