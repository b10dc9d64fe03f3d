"""Who looks at a page, and what of whom they may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Scope(StrEnum):
    """What an athlete can share with a coach, each by itself."""

    TRAINING = "training"  # level, reasons, runs, loads, shoes, plan
    PAIN = "pain"  # check-ins, their notes, red flags
    BODY = "body"  # age, sex, mass, heart rates, injuries, conditions
    POSITIONS = "positions"  # where exactly runs went


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in account. ``athlete`` is the athlete that it is, ``shared`` whose coach it is: athlete → scopes."""

    account: int
    name: str
    athlete: str | None = None
    is_coach: bool = False
    is_admin: bool = False
    shared: Mapping[str, frozenset[Scope]] = field(default_factory=dict)

    def scopes_on(self, athlete: str) -> frozenset[Scope]:
        """What this viewer may see of an athlete: all of themselves, of others what they shared. An admin sees no more."""
        return ALL_SCOPES if athlete == self.athlete else self.shared.get(athlete, frozenset())
