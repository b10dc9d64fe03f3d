"""A GPX file → recordings: tracks with times are workouts, tracks without are routes.

GPX knows positions, times and, by extensions of several makers, heart rate and cadence; distance
is measured later, from the positions. Tracks of one sport that follow each other within half an
hour are one workout with pauses; any others are workouts of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from features.training_log import Flag, Recording
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.samples import clock_flags, track_of
from pipelines.sources.sport_words import sport_of
from pipelines.sources.xml_reading import read_xml
from pipelines.sources.xml_samples import Point, Run, number_of, time_of, timeline_of

LONGEST_PAUSE_BETWEEN_TRACKS_S = 1800.0

_POINT_FIELDS = {
    "ele": "altitude_m",
    "hr": "heart_rate_bpm",
    "heartrate": "heart_rate_bpm",
    "cad": "cadence_spm",
    "cadence": "cadence_spm",
    "runcadence": "cadence_spm",
    "speed": "speed_mps",
}


@dataclass(slots=True)
class _GpxTrack:
    name: str | None = None
    kind: str | None = None
    segments: list[Run] = field(default_factory=list)

    @property
    def times_s(self) -> list[float]:
        return [time for run in self.segments for time in run.known_times_s]


class _GpxListener:
    """Collects tracks; what lies outside a track's points (metadata, waypoints, routes) is counted only."""

    def __init__(self) -> None:
        self.tracks: list[_GpxTrack] = []
        self.creator: str | None = None
        self.waypoints = 0
        self._depth_in_track: list[str] = []
        self._point: Point | None = None
        self._time_s: float | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "gpx":
            self.creator = attributes.get("creator")
        elif name == "trk":
            self.tracks.append(_GpxTrack())
            self._depth_in_track = []
        elif name == "trkseg" and self.tracks:
            self.tracks[-1].segments.append(Run())
        elif name == "trkpt":
            self._point, self._time_s = {}, None
            for key, column in (("lat", "latitude_deg"), ("lon", "longitude_deg")):
                self._keep(column, attributes.get(key, ""))
        elif name in ("wpt", "rtept"):
            self.waypoints += 1
        self._depth_in_track.append(name)

    def end(self, name: str, text: str) -> None:
        if self._depth_in_track:
            self._depth_in_track.pop()
        if name == "trkpt":
            if self._point is not None and self.tracks:
                if not self.tracks[-1].segments:
                    self.tracks[-1].segments.append(Run())
                self.tracks[-1].segments[-1].add(self._time_s, self._point)
            self._point = None
        elif self._point is not None:
            if name == "time":
                self._time_s = time_of(text)
            elif name.lower() in _POINT_FIELDS:
                self._keep(_POINT_FIELDS[name.lower()], text)
        elif self._depth_in_track[-1:] == ["trk"] and text:
            if name == "name":
                self.tracks[-1].name = text[:200]
            elif name == "type":
                self.tracks[-1].kind = text

    def _keep(self, column: str, text: str) -> None:
        value = number_of(text)
        if value is not None and self._point is not None:
            self._point.setdefault(column, value)


def read_gpx(data: bytes, now: datetime) -> tuple[tuple[Recording, ...], frozenset[Flag]]:
    """The workouts of a GPX file, and what had to be done to read it (also on each recording).

    Raises NotAWorkout for routes and waypoints, UnreadableWorkout for a track with no points.
    """
    heard, flags = read_xml(data, _GpxListener)
    timed = [track for track in heard.tracks if track.times_s]
    if not timed:
        raise _refusal(heard, flags)
    timed.sort(key=lambda track: min(track.times_s))
    groups: list[list[_GpxTrack]] = []
    for track in timed:
        if groups and _continues(groups[-1], track):
            groups[-1].append(track)
        else:
            groups.append([track])
    if len(groups) > 1:
        flags |= {Flag.MULTI_SESSION_PART}
    return tuple(_recording(group, heard.creator, flags, now) for group in groups), flags


def _continues(group: list[_GpxTrack], track: _GpxTrack) -> bool:
    gap_s = min(track.times_s) - max(time for earlier in group for time in earlier.times_s)
    return sport_of(track.kind) == sport_of(group[0].kind) and gap_s <= LONGEST_PAUSE_BETWEEN_TRACKS_S


def _recording(
    tracks: list[_GpxTrack], creator: str | None, flags: frozenset[Flag], now: datetime
) -> Recording:
    line = timeline_of([run for track in tracks for run in track.segments])
    start_s = float(line.time_s[0])
    started_at = datetime.fromtimestamp(start_s, UTC)
    sport, sub_sport = sport_of(tracks[0].kind)
    flags = flags | line.flags | clock_flags(started_at, now)
    if sport == "unknown":
        flags |= {Flag.UNKNOWN_SPORT}
    return Recording(
        started_at=started_at,
        sport=sport,
        sub_sport=sub_sport,
        track=track_of(line.time_s - start_s, line.columns, sport),
        pauses_s=tuple((first - start_s, last - start_s) for first, last in line.pauses_s),
        device=creator.strip()[:80] or None if creator else None,
        name=next((track.name for track in tracks if track.name), None),
        flags=flags,
    )


def _refusal(heard: _GpxListener, flags: frozenset[Flag]) -> NotAWorkout | UnreadableWorkout:
    points = sum(len(run.points) for track in heard.tracks for run in track.segments)
    if points:
        return NotAWorkout(
            "This GPX is a route, not a recording: its points have no times. Nothing to import."
        )
    if flags:
        return UnreadableWorkout(
            "This GPX file is damaged: no track point could be read. Export it again.", 0
        )
    if heard.tracks and not heard.waypoints:
        return UnreadableWorkout(
            "This GPX holds a track without points, as exports of indoor workouts do. Export it as FIT or TCX."
        )
    return NotAWorkout("This GPX holds places or a route but no recorded track. Nothing to import.")
