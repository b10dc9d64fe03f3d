"""What a Garmin account's export knows beyond the workouts: titles, perceived exertion, and the shoes.

``DI_CONNECT/DI-Connect-Fitness/`` holds ``*_summarizedActivities.json`` and ``*_gear.json``. Its
numbers for activities are in neither the names nor the content of the workout files (those lie
as zip in zip under ``DI-Connect-Uploaded-Files/``), so a note is found by when the workout began.
Nothing here is needed: without it the workouts are the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

SUMMARIES_NAME = "_summarizedActivities.json"
GEAR_NAME = "_gear.json"

_LIST = re.compile(r'"summarizedActivitiesExport"\s*:\s*\[')
_BEFORE_OBJECT = re.compile(r"[\s,]*(?=\{)")
_START_TOLERANCE_S = 1  # the watch's seconds are whole, the account's are cut from milliseconds
_RPE_SCALE = 10  # stored as 10 to 100, as in the FIT profile's workout_rpe

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GarminShoe:
    """One pair as the account lists it; ``limit_m`` is its own reminder, None where none is set."""

    name: str
    started_on: date | None = None
    ended_on: date | None = None
    retired: bool = False
    limit_m: float | None = None


@dataclass(frozen=True, slots=True)
class GarminGear:
    """The pairs, and which of them (by name) were worn in which of the account's activities."""

    shoes: tuple[GarminShoe, ...] = ()
    worn: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GarminNote:
    """What the account holds beside one workout; ``rpe`` is perceived exertion, 1 to 10."""

    name: str | None = None
    gear: tuple[str, ...] = ()
    rpe: float | None = None


def read_gear(data: bytes) -> GarminGear:
    """The shoes of ``*_gear.json``; bikes and the like are left out.

    Never raises for what the file holds; a file that is no such list gives no shoes.
    """
    shoes: dict[int | None, GarminShoe] = {}
    worn: dict[int, tuple[str, ...]] = {}
    for part in _objects(_json(data)):
        for item in _objects(part.get("gearDTOS")):
            if item.get("gearTypeName") == "Shoes" and (name := _gear_name(item)) is not None:
                shoes[_whole(item.get("gearPk"))] = _shoe(item, name)
        links = part.get("gearActivityDTOs")
        for pair, activities in links.items() if isinstance(links, dict) else ():
            if (shoe := shoes.get(_whole(pair))) is not None:
                for activity in _objects(activities):
                    number = _whole(activity.get("activityId"))
                    if number is not None:
                        worn[number] = (*worn.get(number, ()), shoe.name)
    return GarminGear(tuple(shoes.values()), worn)


def read_notes(data: bytes, gear: GarminGear | None = None) -> dict[datetime, GarminNote]:
    """Notes of ``*_summarizedActivities.json`` by the whole second (UTC) the workout began.

    Never raises for what the file holds; a file that is no such list gives no notes.
    """
    worn = gear.worn if gear is not None else {}
    notes: dict[datetime, GarminNote] = {}
    for activity in _summaries(data.decode("utf-8-sig", "replace")):
        began = _time(activity.get("beginTimestamp", activity.get("startTimeGmt")))
        if began is None:
            continue
        number = _whole(activity.get("activityId"))
        note = GarminNote(
            _words(activity.get("name")),
            worn.get(number, ()) if number is not None else (),
            _exertion(activity.get("workoutRpe")),
        )
        # A multi-sport workout begins with its first part, and the shoes hang on the part.
        if began not in notes or (note.gear and not notes[began].gear):
            notes[began] = note
    return notes


def note_for(notes: Mapping[datetime, GarminNote], started_at: datetime) -> GarminNote | None:
    """The note of the workout that began then, give or take a second."""
    second = started_at.replace(microsecond=0)
    for shift in range(_START_TOLERANCE_S + 1):
        for moment in (second + timedelta(seconds=shift), second - timedelta(seconds=shift)):
            if moment in notes:
                return notes[moment]
    return None


def _summaries(text: str) -> Iterator[Object]:
    """Activity after activity: of the largest lists (100 MB) only one is ever held as objects."""
    decoder = json.JSONDecoder()
    for opening in _LIST.finditer(text):
        at = opening.end()
        while (gap := _BEFORE_OBJECT.match(text, at)) is not None:
            try:
                found, at = decoder.raw_decode(text, gap.end())
            except (ValueError, RecursionError):
                return
            yield found


def _shoe(item: Object, name: str) -> GarminShoe:
    limit = item.get("maximumMeters")
    return GarminShoe(
        name,
        _day(item.get("dateBegin")),
        _day(item.get("dateEnd")),
        item.get("gearStatusName") == "retired",
        float(limit) if isinstance(limit, int | float) and limit > 0 else None,
    )


def _gear_name(item: Object) -> str | None:
    """The nickname, else the model as typed in, else make and model from Garmin's list."""
    listed = " ".join(filter(None, (_words(item.get("gearMakeName")), _words(item.get("gearModelName")))))
    return _words(item.get("displayName")) or _words(item.get("customMakeModel")) or listed or None


def _day(value: object) -> date | None:
    """A day told as the start of it in UTC: west of Greenwich some hours late, east of it early."""
    if not isinstance(value, str):
        began = _time(value)
    else:
        try:
            began = datetime.fromisoformat(value[:19]).replace(tzinfo=UTC)
        except ValueError:
            return None
    return None if began is None else (began + timedelta(hours=12)).date()


def _time(milliseconds: object) -> datetime | None:
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=milliseconds // 1000)
    except (OverflowError, ValueError):
        return None


def _exertion(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value / _RPE_SCALE if 1 <= value / _RPE_SCALE <= 10 else None


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    try:
        return int(value) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None


def _objects(value: object) -> Iterator[Object]:
    """The objects of a list, or the one object that stands where a list should."""
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, dict):
            yield item


def _json(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
