"""Which workout a word on the command line means: its id, the id's first letters, or ``last``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.errors import KneewiseError
from pipelines.logbook.store import Logbook
from pipelines.settings import Settings
from pipelines.warehouse import reading, store

LAST = "last"


@dataclass(frozen=True, slots=True)
class ChosenRun:
    """One workout that counts, whose it is, and the recordings it is made of."""

    id: str
    athlete: str
    day: date
    distance_m: float | None
    recordings: tuple[str, ...]


def chosen_run(logbook: Logbook, settings: Settings, wanted: str, athlete: str | None) -> ChosenRun:
    """The workout whose id starts with ``wanted``, or the ``last`` run.

    Raises KneewiseError where none or several fit.
    """
    who = logbook.athlete(athlete).id if athlete or wanted == LAST else None
    with store.open_published(settings.published_path) as db:
        found = reading.activity_ids(db, who, None if wanted == LAST else wanted)
        if not found:
            raise KneewiseError(f"there is no activity {wanted!r}. See: kneewise activities")
        if len(found) > 1 and wanted != LAST and wanted not in found:
            raise KneewiseError(f"{len(found)} activities start with {wanted!r}; give more of the id.")
        (row,) = reading.rows(db, "one_activity", {"id": wanted if wanted in found else found[-1]})
    return ChosenRun(row["id"], row["athlete"], row["day"], row["distance_m"], tuple(row["recordings"]))
