"""How hard a run felt and how recovered the athlete was, told by hand or by an account's export.

Both are kept; where both speak, the hand counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.dialects.sqlite import insert

from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook


def tell(
    logbook: Logbook, athlete: str, recordings: Sequence[str], rpe: float, recovery: float | None
) -> None:
    """Session-RPE (CR-10) and recovery, both 0 to 10; the last word counts, a recovery not told stays."""
    told = {"rpe": rpe} if recovery is None else {"rpe": rpe, "recovery": recovery}
    with logbook.engine.begin() as db:
        for recording in recordings:
            statement = insert(t.recording_effort).values(
                athlete=athlete, recording=recording, by_hand=True, **told
            )
            db.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=told))


def take_over(logbook: Logbook, athlete: str, told: Sequence[tuple[str, float]]) -> None:
    """What an account's export says of recordings: (recording, session-RPE)."""
    with logbook.engine.begin() as db:
        for recording, rpe in told:
            statement = insert(t.recording_effort).values(
                athlete=athlete, recording=recording, by_hand=False, rpe=rpe
            )
            db.execute(statement.on_conflict_do_update(index_elements=_KEY, set_={"rpe": rpe}))


_KEY = [t.recording_effort.c.athlete, t.recording_effort.c.recording, t.recording_effort.c.by_hand]
