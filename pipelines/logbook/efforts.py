"""How hard a run felt and how recovered the athlete was, told by hand or by an account's export.

Both are kept; where both speak, the hand counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import put


@dataclass(frozen=True, slots=True)
class Effort:
    """Session-RPE (CR-10) and recovery of one workout, both 0 to 10, by the recordings that it is made of."""

    recordings: tuple[str, ...]
    rpe: float | None
    recovery: float | None


def tell(
    logbook: Logbook, athlete: str, recordings: Sequence[str], rpe: float | None, recovery: float | None
) -> None:
    """The last word counts; of the two, one that is not told stays."""
    tell_all(logbook, athlete, [Effort(tuple(recordings), rpe, recovery)])


def tell_all(logbook: Logbook, athlete: str, efforts: Sequence[Effort]) -> None:
    """As ``tell``, all or none."""
    with logbook.engine.begin() as db:
        for effort in efforts:
            told = {"rpe": effort.rpe, "recovery": effort.recovery}
            values = {name: value for name, value in told.items() if value is not None}
            for recording in effort.recordings:
                key = {"athlete": athlete, "recording": recording, "by_hand": True}
                put(db, t.recording_effort, key, values)


def take_over(logbook: Logbook, athlete: str, told: Sequence[tuple[str, float]]) -> None:
    """What an account's export says of recordings: (recording, session-RPE)."""
    with logbook.engine.begin() as db:
        for recording, rpe in told:
            key = {"athlete": athlete, "recording": recording, "by_hand": False}
            put(db, t.recording_effort, key, {"rpe": rpe})


def told_by_hand(logbook: Logbook, athlete: str) -> dict[str, tuple[float | None, float | None]]:
    """Recording → session-RPE and recovery."""
    c = t.recording_effort.c
    query = select(c.recording, c.rpe, c.recovery).where(c.athlete == athlete, c.by_hand.is_(True))
    with logbook.engine.connect() as db:
        return {recording: (rpe, recovery) for recording, rpe, recovery in db.execute(query)}
