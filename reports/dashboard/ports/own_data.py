"""The port of pages about one's own data: privacy zones, API tokens, taking everything out, deleting it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

TokenKind = Literal["upload", "read"]
Point = tuple[float, float]  # metres east and north of the sketch's middle


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a run in a sketch; ``is_hidden``: nobody but the athlete sees it."""

    points: tuple[Point, ...]
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """Runs around a place, without a map: up to ``half_m`` from its middle in each direction."""

    half_m: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class HiddenZone:
    number: int
    name: str
    radius_m: float
    made_at: datetime
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Start:
    """A place where runs usually begin, named by one of them; no zone hides it yet."""

    recording: str
    runs: int
    of_runs: int
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Privacy:
    athlete: str
    zone: str
    radii_m: tuple[float, ...]
    hidden: tuple[HiddenZone, ...]
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True)
class ApiToken:
    number: int
    kind: TokenKind
    name: str
    made_at: datetime
    expires_at: datetime | None
    last_used_on: date | None
    revoked_at: datetime | None
    works: bool


class OwnDataPort(Protocol):
    """What cannot be done is ``Refused``."""

    def privacy(self, athlete: str) -> Privacy: ...

    def hide(self, athlete: str, recording: str, name: str, radius_m: float) -> None:
        """A new zone around the usual start that is named by one of its runs."""

    def show_again(self, athlete: str, number: int) -> None:
        """Remove a zone."""

    def tokens(self, athlete: str) -> tuple[tuple[ApiToken, ...], str]:
        """All of them, the newest first, and the athlete's zone."""

    def make_token(self, athlete: str, kind: TokenKind, name: str, days: int | None) -> str:
        """A new token, to be shown once. ``days`` is how long it works; None = until it is revoked."""

    def revoke_token(self, athlete: str, number: int) -> None: ...

    def export(self, athlete: str) -> Iterator[bytes]:
        """Everything as a zip, in pieces, made while it is fetched."""

    def delete(self, athlete: str) -> tuple[str, ...]:
        """Delete everything of theirs, the account too; the receipt's lines. Refused while files are read in."""
