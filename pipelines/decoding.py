"""One file's bytes → what they become: activities with tracks and measures, or an outcome with its reason.

Runs in worker processes, so it takes and returns plain data and touches neither store nor disk; nor
does it import a store, which would take each worker a second to load.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import wait as wait_for_process
from zoneinfo import ZoneInfo

from features.per_activity.stream import stream_measure_of
from features.per_activity.summary import summarise
from features.stream_measures import StreamMeasure
from features.training_log import Activity, Flag, Track
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.place import place_zone
from pipelines.sources.reading import read_workouts

GPS_ROLL_OVER = timedelta(weeks=1024)  # receivers that count weeks in ten bits fall back by this much
NEWEST_ROLL_OVERS = timedelta(weeks=400)  # the last one was in April 2019


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one file became. ``outcome`` is imported, ignored or rejected."""

    outcome: str
    reason: str
    format: str | None = None
    activities: tuple[Activity, ...] = ()
    tracks: tuple[Track, ...] = ()
    measures: tuple[StreamMeasure, ...] = ()


def decode(
    payload: bytes, name: str, athlete: str, profile_zone: str, content_sha256: str, now: datetime
) -> Decoded:
    """Read a workout file for one athlete. Never raises for what a file contains.

    ``now`` (UTC) decides which dates lie in the future.
    """
    try:
        workouts = read_workouts(payload, name, now=now)
        activities = tuple(
            summarise(
                recording,
                activity_id=activity_id(athlete, content_sha256, part),
                athlete=athlete,
                profile_zone=profile_zone,
                place_zone=place_zone,
            )
            for part, recording in enumerate(workouts.recordings)
        )
        tracks = tuple(recording.track for recording in workouts.recordings)
        measures = tuple(
            stream_measure_of(track, activity.sport, activity.surface, activity.flags)
            for track, activity in zip(tracks, activities, strict=True)
        )
    except NotAWorkout as error:
        return Decoded("ignored", str(error))
    except UnreadableWorkout as error:
        return Decoded("rejected", str(error))
    except Exception as error:  # noqa: BLE001 - the one guard of this process: a fault costs one file
        return Decoded(
            "rejected",
            f"The reader failed on this file ({type(error).__name__}: {error}). It is kept as it is; "
            "please report it, so that a later version can read it.",
        )
    told = _told(activities, (*workouts.notes, *_clock_advice(activities, now)))
    return Decoded("imported", told, workouts.format, activities, tracks, measures)


def activity_id(athlete: str, content_sha256: str, part: int) -> str:
    """Stable over rebuilds: the same part of the same content of the same athlete."""
    return hashlib.sha256(f"{athlete}\n{content_sha256}\n{part}".encode()).hexdigest()[:16]


def _clock_advice(activities: tuple[Activity, ...], now: datetime) -> tuple[str, ...]:
    """How to date a file whose clock was wrong; after a GPS week roll-over we can tell the date."""
    wrong = next((activity for activity in activities if Flag.CLOCK_UNSET in activity.flags), None)
    if wrong is None:
        return ()
    zone = ZoneInfo(wrong.zone)
    advice = f"It is dated {wrong.started_at:%d %B %Y}, which cannot be, so it does not count yet."
    corrected = wrong.started_at + GPS_ROLL_OVER
    starts = "YYYY-MM-DDTHH:MM"
    if now - NEWEST_ROLL_OVERS < corrected <= now:
        starts = f"{corrected.astimezone(zone):%Y-%m-%dT%H:%M}"
        advice += " 1,024 weeks later would fit, as after a GPS week roll-over."
    return (f"{advice} To date it: kneewise files accept HASH --starts {starts}.",)


def _told(activities: tuple[Activity, ...], notes: tuple[str, ...]) -> str:
    count = "One workout." if len(activities) == 1 else f"{len(activities)} workouts."
    return " ".join((count, *notes))


def live_and_die_with_parent() -> None:
    """Start of a worker: leave Ctrl-C to the parent, and end when the parent does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait_for_process([sentinel])
    os._exit(1)
