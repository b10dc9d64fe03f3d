"""Lists of how hard runs felt: each line says which workout it means, by recording or by day and time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from features.training_log import Athlete
from pipelines import steps, words
from pipelines.importing.lines import Kind
from pipelines.logbook import efforts as effort_book
from pipelines.logbook.efforts import Effort
from pipelines.steps import Home
from pipelines.warehouse import reading, store

NEAR = timedelta(minutes=15)
Workout = Mapping[str, Any]


def efforts(home: Home, person: Athlete) -> Kind[Effort]:
    """Raises KneewiseError if nothing was ever synced."""
    steps.catch_up(home)
    with store.open_published(home.settings.published_path) as db:
        workouts = reading.rows(db, "activities", {"athlete": person.id, "first": None, "last": None})
    today = home.settings.today_in(person.zone)
    known = _known(workouts, effort_book.told_by_hand(home.logbook, person.id))

    def read(told: Mapping[str, str]) -> Effort:
        meant = tuple(_meant(told, workouts, today)["recordings"])
        rpe, recovery = (_scale(told, name) for name in ("rpe", "recovery"))
        if rpe is None and recovery is None:
            raise ValueError("neither rpe nor recovery is told")
        before = known.get(meant, Effort(meant, None, None))
        return Effort(meant, before.rpe if rpe is None else rpe, _or(recovery, before.recovery))

    return Kind(
        columns=("recording", "day", "time", "rpe", "recovery"),
        needed=(),
        read=read,
        key=lambda effort: effort.recordings,
        known=known,
        store=lambda told: effort_book.tell_all(home.logbook, person.id, told),
    )


def _or(told: float | None, before: float | None) -> float | None:
    return before if told is None else told


def _known(
    workouts: Sequence[Workout], told: Mapping[str, tuple[float | None, float | None]]
) -> dict[object, Effort]:
    """Recordings of a workout → what was told of all of them alike."""
    found: dict[object, Effort] = {}
    for workout in workouts:
        recordings = tuple(workout["recordings"])
        words_on = {told.get(recording) for recording in recordings}
        if len(words_on) == 1 and None not in words_on:
            found[recordings] = Effort(recordings, *told[recordings[0]])
    return found


def _meant(told: Mapping[str, str], workouts: Sequence[Workout], today: date) -> Workout:
    """The one workout that a line is about."""
    if "recording" in told:
        named = told["recording"]
        found = [w for w in workouts if named in w["recordings"] or w["id"].startswith(named)]
        where = f"{named!r}"
    elif "day" in told:
        day = words.a_day(told["day"], today)
        found = [w for w in workouts if w["day"] == day]
        where = f"{day}"
        if "time" in told:
            minute = _minute(told["time"])
            found = [w for w in found if abs(_started(w) - minute) <= NEAR]
            where += f" about {told['time']}"
    else:
        raise ValueError("neither recording nor day is told")
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(f"there is no workout {where}")
    starts = ", ".join(f"{str(_started(w))[:-3]}" for w in found)
    raise ValueError(f"{len(found)} workouts are {where}, begun at {starts}: give time or recording")


def _started(workout: Workout) -> timedelta:
    """The clock on the athlete's wall when it began."""
    local = workout["started_at"].replace(tzinfo=UTC).astimezone(ZoneInfo(workout["zone"]))
    return timedelta(hours=local.hour, minutes=local.minute)


def _minute(word: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(:\d{2})?", word)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError(f"{word!r} is no time of day; it looks like 07:30")
    return timedelta(hours=int(match[1]), minutes=int(match[2]))


def _scale(told: Mapping[str, str], name: str) -> float | None:
    return words.number(name, told[name], 0, 10) if name in told else None
