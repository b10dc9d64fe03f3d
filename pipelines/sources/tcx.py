"""A TCX file → recordings: one per activity, lap totals summed into the recording's totals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from features.training_log import Column, Flag, Recording, Totals
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.samples import clock_flags, track_of
from pipelines.sources.sport_words import sport_of
from pipelines.sources.xml_reading import read_xml
from pipelines.sources.xml_samples import Point, Run, number_of, time_of, timeline_of

_POINT_FIELDS = {
    "LatitudeDegrees": "latitude_deg",
    "LongitudeDegrees": "longitude_deg",
    "AltitudeMeters": "altitude_m",
    "DistanceMeters": "distance_m",
    "Cadence": "cadence_spm",
    "RunCadence": "cadence_spm",
    "Speed": "speed_mps",
}


@dataclass(slots=True)
class _TcxActivity:
    sport: str | None
    started_s: float | None = None
    creator: str | None = None
    notes: str | None = None
    runs: list[Run] = field(default_factory=list)
    lap_distances_m: list[float] = field(default_factory=list)
    lap_timers_s: list[float] = field(default_factory=list)


class _TcxListener:
    """Collects activities; the same element names mean different things in a lap and in a point."""

    def __init__(self) -> None:
        self.activities: list[_TcxActivity] = []
        self.plans = 0
        self._path: list[str] = []
        self._point: Point | None = None
        self._time_s: float | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Activity":
            self.activities.append(_TcxActivity(attributes.get("Sport")))
        elif name in ("Course", "Workout"):
            self.plans += 1
        elif name == "Lap" and self.activities:
            activity = self.activities[-1]
            if activity.started_s is None:
                activity.started_s = time_of(attributes.get("StartTime", ""))
        elif name == "Track" and self.activities:
            self.activities[-1].runs.append(Run())
        elif name == "Trackpoint":
            self._point, self._time_s = {}, None
        self._path.append(name)

    def end(self, name: str, text: str) -> None:
        if self._path:
            self._path.pop()
        if not self.activities:
            return
        activity = self.activities[-1]
        if name == "Trackpoint":
            if self._point is not None and activity.runs:
                activity.runs[-1].add(self._time_s, self._point)
            self._point = None
        elif self._point is not None:
            self._hear_point(name, text)
        else:
            self._hear_summary(activity, name, text)

    def _hear_point(self, name: str, text: str) -> None:
        assert self._point is not None
        if name == "Time":
            self._time_s = time_of(text)
            return
        column = "heart_rate_bpm" if self._path[-1:] == ["HeartRateBpm"] and name == "Value" else None
        column = column or _POINT_FIELDS.get(name)
        value = number_of(text)
        if column is not None and value is not None:
            self._point.setdefault(column, value)

    def _hear_summary(self, activity: _TcxActivity, name: str, text: str) -> None:
        within = self._path[-1] if self._path else ""
        if within == "Lap":
            value = number_of(text)
            if name == "DistanceMeters" and value is not None:
                activity.lap_distances_m.append(value)
            elif name == "TotalTimeSeconds" and value is not None:
                activity.lap_timers_s.append(value)
        elif within == "Creator" and name == "Name" and text:
            activity.creator = text[:80]
        elif within == "Activity" and name == "Notes" and text:
            activity.notes = text[:200]
        elif within == "Activity" and name == "Id" and activity.started_s is None:
            activity.started_s = time_of(text)


def read_tcx(data: bytes, now: datetime) -> tuple[tuple[Recording, ...], frozenset[Flag]]:
    """The workouts of a TCX file, and what had to be done to read it (also on each recording).

    Raises NotAWorkout for courses and planned workouts, UnreadableWorkout if nothing has a time.
    """
    heard, flags = read_xml(data, _TcxListener)
    dated = [
        a for a in heard.activities if a.started_s is not None or any(run.known_times_s for run in a.runs)
    ]
    if not dated:
        if heard.plans and not heard.activities:
            raise NotAWorkout(
                "This TCX holds a course or a planned workout, not one that was done: nothing to import."
            )
        raise UnreadableWorkout("This TCX file holds no workout with a time, so nothing can be measured.", 0)
    if len(dated) > 1:
        flags |= {Flag.MULTI_SESSION_PART}
    return tuple(_recording(activity, flags, now) for activity in dated), flags


def _recording(activity: _TcxActivity, flags: frozenset[Flag], now: datetime) -> Recording:
    line = timeline_of(activity.runs)
    start_s = float(line.time_s[0]) if len(line.time_s) else activity.started_s or 0.0
    started_at = datetime.fromtimestamp(start_s, UTC)
    sport, sub_sport = sport_of(activity.sport)
    flags = flags | line.flags | clock_flags(started_at, now)
    if sport == "unknown":
        flags |= {Flag.UNKNOWN_SPORT}
    if not len(line.time_s):
        flags |= {Flag.NO_RECORDS}
    columns = dict(line.columns, altitude_m=_unless_all_zero(line.columns["altitude_m"]))
    return Recording(
        started_at=started_at,
        sport=sport,
        sub_sport=sub_sport,
        track=track_of(line.time_s - start_s, columns, sport),
        # A cut file lacks the laps after the cut, so its sums are not the workout's totals.
        totals=Totals() if Flag.TRUNCATED in flags else _totals(activity),
        pauses_s=tuple((first - start_s, last - start_s) for first, last in line.pauses_s),
        device=activity.creator,
        name=activity.notes,
        flags=flags,
    )


def _totals(activity: _TcxActivity) -> Totals:
    """Sums over laps; a lap's TotalTimeSeconds is timer time, so elapsed time is left to the samples."""
    return Totals(
        distance_m=sum(activity.lap_distances_m) if activity.lap_distances_m else None,
        timer_s=sum(activity.lap_timers_s) if activity.lap_timers_s else None,
    )


def _unless_all_zero(altitude_m: Column) -> Column:
    """Unknown if every altitude is 0: some exporters write 0 for "no altitude"."""
    return altitude_m if np.any(np.nan_to_num(altitude_m) != 0) else np.full(len(altitude_m), np.nan)
