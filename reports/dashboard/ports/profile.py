"""The settings page's port: who the athlete is, injuries, and how they want to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from features.training_log import Athlete


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages go, as it may be shown."""

    number: int
    label: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """``choices``: kind of message → off, at_once or weekly; quiet hours as ``22:00``, both empty for none."""

    addresses: tuple[Address, ...]
    choices: Mapping[str, str]
    quiet_from: str
    quiet_to: str
    is_mail_set_up: bool


@dataclass(frozen=True, slots=True)
class Settings:
    athlete: Athlete
    today: date
    telling: Telling
    zones: Sequence[str]


class ProfilePort(Protocol):
    """Each change holds at once; levels follow within minutes. Each raises Refused."""

    def settings(self, athlete: str) -> Settings: ...

    def change(self, athlete: str, words: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> None:
        """The whole profile anew; what is empty becomes unknown."""

    def put_injury(self, athlete: str, words: Mapping[str, str]) -> None: ...

    def drop_injury(self, athlete: str, words: Mapping[str, str]) -> None: ...

    def add_address(self, athlete: str, address: str) -> None:
        """A mail address; other services are set up on the command line, where secrets stay."""

    def remove_address(self, athlete: str, number: int) -> None: ...

    def choose(self, athlete: str, words: Mapping[str, str]) -> None:
        """Choices by kind, and quiet hours."""
