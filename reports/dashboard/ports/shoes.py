"""The shoe pages' port: pairs with what they have run, rules, and what an athlete changes about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from features.training_log import Athlete, Shoe, ShoeDay


@dataclass(frozen=True, slots=True)
class Rule:
    """Runs that are in a pair without a word for each; None = any, or open. Of several that fit, the last wins."""

    number: int
    shoe: str
    from_day: date
    to_day: date | None
    sport: str | None
    sub_sport: str | None
    surface: str | None
    weekday: int | None
    min_distance_m: float | None
    max_distance_m: float | None


@dataclass(frozen=True, slots=True)
class Worn:
    """A run that counts for a pair, ``distance_m`` of it; ``matched_by`` is ``hand``, ``export`` or ``rule 3``."""

    activity: str
    day: date
    distance_m: float | None
    share: float
    matched_by: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair, oldest first. ``states`` lack those that were added since features were last made."""

    athlete: Athlete
    today: date
    shoes: tuple[Shoe, ...]
    states: Mapping[str, ShoeDay]
    rules: tuple[Rule, ...]


class ShoePort(Protocol):
    """All changes hold at once in the logbook; distances follow within minutes. Each raises Refused."""

    def pairs(self, athlete: str) -> Pairs: ...

    def worn(self, athlete: str, shoe: str) -> tuple[Worn, ...]:
        """The newest runs of a pair, newest first."""

    def add(self, athlete: str, words: Mapping[str, str]) -> None: ...

    def change(self, athlete: str, shoe: str, words: Mapping[str, str]) -> None: ...

    def retire(self, athlete: str, shoe: str, words: Mapping[str, str]) -> None:
        """Out of use after the day told; back in use from it, if the pair is retired."""

    def add_rule(self, athlete: str, words: Mapping[str, str]) -> None: ...

    def end_rule(self, athlete: str, number: int) -> None: ...
