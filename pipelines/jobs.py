"""Keeps when something ran and what became of it, so that whoever looks after an installation can see it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import BusyError, KneewiseError
from pipelines.logbook import jobs
from pipelines.warehouse.store import is_interrupted
from reports.jobs import Outcome

if TYPE_CHECKING:
    from pipelines.steps import Home

Counts = dict[str, int]


@contextmanager
def recorded(home: Home, name: str, *, only_if_counted: bool = False) -> Iterator[Counts]:
    """Keep the run of a block under a name of ``reports.jobs``; what it counts goes into the dict it is given.

    With ``only_if_counted``, a run that counted nothing leaves no trace. Nor does one that another process was
    in the way of: it comes again. The error goes on as it was.
    """
    counts: Counts = {}
    started_at = home.settings.now()
    number = None if only_if_counted else jobs.begin(home.logbook, name, started_at)

    def ended(outcome: Outcome, reason: str | None = None) -> None:
        known = jobs.begin(home.logbook, name, started_at) if number is None else number
        jobs.end(home.logbook, known, home.settings.now(), outcome, counts, reason)

    try:
        yield counts
    except BusyError:
        if number is not None:
            jobs.drop(home.logbook, number)
        raise
    except Exception as error:
        if is_interrupted(error):
            ended("stopped")
        else:
            ended("failed", reason(error))
        raise
    except BaseException:
        ended("stopped")
        raise
    if not only_if_counted or any(counts.values()):
        ended("done")


def reason(error: Exception) -> str:
    """Words of our own are told; of any other error only its kind and place, as its words may hold data."""
    if isinstance(error, KneewiseError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
