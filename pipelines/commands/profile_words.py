"""A profile as it is told on the command line, and as it is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipelines import words
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete

# what may become unknown again → its field
FORGETTABLE = {
    "birth-year": "birth_year",
    "sex": "sex",
    "mass-kg": "mass_kg",
    "resting-heart-rate": "resting_heart_rate_bpm",
    "highest-heart-rate": "highest_heart_rate_bpm",
    "condition": "conditions",
    "runner-since": "runner_since",
    "other-sports": "other_sports",
    "equipment": "equipment",
}
LISTS = ("conditions", "equipment")


def changes_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """An athlete's fields from what was told of them; what was not told is not there.

    Raises KneewiseError for a word that is not known.
    """
    from features.training_log import WEEK_STARTS, Condition, Equipment, Sex

    read: dict[str, Callable[[Any], object]] = {
        "units": lambda word: _either("units", word, ("km", "mi")),
        "week_start": lambda word: _either("week-start", word, WEEK_STARTS),
        "sex": lambda word: words.one_of(Sex, "sex", word),
        "conditions": lambda several: words.all_of(Condition, "condition", several),
        "equipment": lambda several: words.all_of(Equipment, "equipment", several),
    }
    given = {name: value for name, value in told.items() if value not in (None, [])}
    try:
        return {name: read[name](value) if name in read else value for name, value in given.items()}
    except ValueError as error:
        raise KneewiseError(f"{error}.") from error


def forgotten(names: Sequence[str]) -> dict[str, Any]:
    """Those fields made unknown. Raises KneewiseError for one that has to be known."""
    unknown = [name for name in names if name not in FORGETTABLE]
    if unknown:
        raise KneewiseError(f"{unknown[0]!r} cannot be forgotten; there are {', '.join(FORGETTABLE)}.")
    fields = [FORGETTABLE[name] for name in names]
    return {field: frozenset() if field in LISTS else None for field in fields}


def told_of(athlete: Athlete) -> dict[str, Any]:
    """A profile with its sets in order."""
    return dataclasses.asdict(athlete) | {name: sorted(getattr(athlete, name)) for name in LISTS}


def _either(name: str, word: str, known: Sequence[str]) -> str:
    if word.lower() not in known:
        raise ValueError(f"{name} is {' or '.join(known)}, not {word!r}")
    return word.lower()
