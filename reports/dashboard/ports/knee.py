"""The knee pages' port: check-ins and the weekly questionnaire of one athlete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from features.ostrc import Ostrc
from features.training_log import Athlete, CheckIn
from models.knee_pain import KneePain
from models.verdict import Triage


@dataclass(frozen=True, slots=True)
class KneeLog:
    """What one athlete told of their knees, oldest first, and what it amounts to today."""

    athlete: Athlete
    today: date
    check_ins: tuple[CheckIn, ...]
    answers: tuple[Ostrc, ...]
    triage: Triage
    knee_pain: KneePain


class KneePort(Protocol):
    """Answers come straight from the logbook: what was just told is there at once."""

    def log(self, athlete: str) -> KneeLog:
        """The last year."""

    def tell(self, athlete: str, words: Mapping[str, str]) -> date:
        """Store a check-in from a form's words; the day that it is of. Raises Refused."""

    def forget(self, athlete: str, day: date) -> None:
        """Take a day's check-in back. Raises Refused where there is none."""

    def answer(self, athlete: str, day: str, answers: Sequence[str]) -> None:
        """Store the weekly questionnaire's four answers. Raises Refused."""
