"""What people tell, checked word by word: days, numbers, yes and no, words of a vocabulary.

Each raises ValueError that says what was expected, for the command line or a file's line to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

YES, NO = ("yes", "true", "1"), ("no", "false", "0")
FIRST_YEAR, LAST_YEAR = 1950, 2200
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")

Word = TypeVar("Word", bound=StrEnum)


def a_day(word: str, today: date | None = None) -> date:
    """From ``2026-11-15`` or ``15.11.2026``; not after ``today``. Slashes are read as days first by some and
    as months first by others, so they are not read at all."""
    dotted = DOTTED.fullmatch(word.strip())
    iso = f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}" if dotted else word.strip()
    try:
        day = date.fromisoformat(iso)
    except ValueError as error:
        raise ValueError(f"{word!r} is not a day; it looks like 2026-11-15") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{word!r} is in no year that a runner remembers")
    if today is not None and day > today:
        raise ValueError(f"{day} has not come yet")
    return day


def whole_number(name: str, word: str, lowest: int, highest: int) -> int:
    if not re.fullmatch(r"\d{1,9}", word) or not lowest <= int(word) <= highest:
        raise ValueError(f"{name} is a whole number from {lowest} to {highest}, got {word!r}")
    return int(word)


def number(name: str, word: str, lowest: float, highest: float) -> float:
    """With a point or a comma before the decimals. ``600,000`` and ``600.000`` may mean two things."""
    if re.fullmatch(r"[1-9]\d{0,2}[,.]\d{3}", word):
        whole, decimals = re.split("[,.]", word)
        raise ValueError(
            f"{name}: {word!r} may be thousands or decimals; write {whole}{decimals} or {whole}.{decimals}0"
        )
    plain = word.replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", plain) or not lowest <= float(plain) <= highest:
        raise ValueError(f"{name} is a number from {lowest:g} to {highest:g}, got {word!r}")
    return float(plain)


def truth(name: str, word: str) -> bool:
    if word.lower() not in (*YES, *NO):
        raise ValueError(f"{name} is yes or no, got {word!r}")
    return word.lower() in YES


def one_of(words: type[Word], what: str, word: str) -> Word:
    known = word.strip().lower().replace(" ", "_").replace("-", "_")
    if known not in set(words):
        raise ValueError(f"{word!r} is no {what}; there are {', '.join(words)}")
    return words(known)


def all_of(words: type[Word], what: str, told: Iterable[str]) -> frozenset[Word]:
    return frozenset(one_of(words, what, word) for word in told if word.strip())
