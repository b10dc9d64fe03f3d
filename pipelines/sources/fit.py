"""A FIT file → recordings, one per session; what is broken is mended, flagged or refused by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from features.training_log import Flag, Recording
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.fit_bytes import Part, parts_of
from pipelines.sources.fit_doubt import shows_damage
from pipelines.sources.fit_messages import Messages, leaves_out_a_wanted_field, messages_of
from pipelines.sources.fit_names import UNKNOWN, device_name, has_barometer, sport_name, sub_sport_name
from pipelines.sources.fit_records import Samples, samples_of
from pipelines.sources.fit_sessions import Session, pauses_between, sessions_of, utc_offset_s
from pipelines.sources.fit_straps import Beats, beats_of, together
from pipelines.sources.fit_walk import Fault
from pipelines.sources.samples import clock_flags, track_of

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
# A cut recording shorter than this says nothing about training, and may be a false start.
SHORTEST_PREFIX_S = 60.0
FEWEST_PREFIX_RECORDS = 10

_NOT_WORKOUTS = {
    "settings": "This is a settings file from the watch: there is no workout to import.",
    "sport": "This is a sport settings file from the watch: there is no workout to import.",
    "device": "This is a device description: there is no workout to import.",
    "workout": "This is a planned workout, not one that was done: nothing to import.",
    "schedules": "This is a training schedule, not a workout that was done: nothing to import.",
    "course": "This is a course to follow, not a workout that was done: nothing to import.",
    "segment": "This is a segment, not a workout: nothing to import.",
    "segment_list": "This is a list of segments, not a workout: nothing to import.",
    "weight": "This file holds weigh-ins from a scale: there is no workout to import.",
    "blood_pressure": "This file holds blood pressure readings: there is no workout to import.",
    "goals": "This file holds goals: there is no workout to import.",
    "totals": "This file holds all-time totals: there is no workout to import.",
    "monitoring_a": "This file holds all-day monitoring (steps, pulse): there is no workout to import.",
    "monitoring_b": "This file holds all-day monitoring (steps, pulse): there is no workout to import.",
    "monitoring_daily": "This file holds all-day monitoring (steps, pulse): there is no workout to import.",
}

# The first watches that write FIT came in 2009; a GPS week roll-over throws dates back before that.
EARLIEST_FIT = datetime(2009, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FitWorkouts:
    recordings: tuple[Recording, ...]
    notes: tuple[str, ...]


_DAMAGE = (
    Fault.SIZE_MISSING,
    Fault.SIZE_BEYOND_END,
    Fault.CUT_IN_MESSAGE,
    Fault.UNDEFINED_MESSAGE,
    Fault.CRC_MISMATCH,
)


def read_fit(data: bytes, now: datetime) -> FitWorkouts:
    """The workouts of every part of a FIT file; a broken part costs only itself.

    Raises UnreadableWorkout or NotAWorkout where no part holds a workout (the former wins).
    """
    recordings: list[Recording] = []
    notes: list[str] = []
    refusals: list[NotAWorkout | UnreadableWorkout] = []
    parts = [(part, messages_of(part)) for part in parts_of(data)]
    beats = together(beats_of(messages.beats) for _, messages in parts)
    for part, messages in parts:
        if messages.only_beats:
            continue  # a strap's own part: its pulse goes to the samples of the others
        try:
            found = _read_part(part, messages, beats, now)
        except (NotAWorkout, UnreadableWorkout) as refusal:
            refusals.append(refusal)
            continue
        notes += _notes(part)
        for recording in found:
            if any(_same(recording, other) for other in recordings):
                notes.append("The file holds the same workout twice; it is counted once.")
            else:
                recordings.append(recording)
    if recordings:
        notes += [f"One part of the file was left out: {refusal.reason}" for refusal in refusals]
        return FitWorkouts(tuple(recordings), tuple(dict.fromkeys(notes)))
    if refusals:
        raise min(refusals, key=lambda refusal: isinstance(refusal, NotAWorkout))
    if parts:
        raise NotAWorkout(
            "This FIT file holds the pulse that a strap recorded, and no workout to go with it."
        )
    raise UnreadableWorkout("This FIT file has a damaged header and cannot be read.", 0)


def _read_part(part: Part, messages: Messages, beats: Beats | None, now: datetime) -> list[Recording]:
    _refuse_other_types(messages)
    sessions = sessions_of(messages)
    flags = _framing_flags(part, bool(sessions))
    samples = samples_of(messages.records, beats, doubtful=part.has(*_DAMAGE))
    if not sessions:
        sessions = [_rebuilt(messages, samples, part, Flag.TRUNCATED in flags)]
        flags |= {Flag.REBUILT_SESSION}
    if len(sessions) > 1:
        flags |= {Flag.MULTI_SESSION_PART}
    pieces = samples.split([session.start_s for session in sessions])
    return [
        _recording(session, piece, messages, flags, now)
        for session, piece in zip(sessions, pieces, strict=True)
    ]


def _recording(
    session: Session, samples: Samples, messages: Messages, flags: frozenset[Flag], now: datetime
) -> Recording:
    sport = sport_name(session.sport)
    start_s = samples.start_s if session.start_s is None else session.start_s
    started_at = EPOCH + timedelta(seconds=start_s or 0.0)
    device = device_name(messages.file_ids, messages.devices)
    flags = flags | session.flags | samples.flags | clock_flags(started_at, now, EARLIEST_FIT)
    if sport == UNKNOWN:
        flags |= {Flag.UNKNOWN_SPORT}
    if not len(samples.time_s):
        flags |= {Flag.NO_RECORDS}
    end_s = max(session.end_s or 0.0, samples.end_s or 0.0)
    recording = Recording(
        started_at=started_at,
        sport=sport,
        sub_sport=sub_sport_name(session.sub_sport),
        track=track_of(samples.time_s - (start_s or 0.0), samples.columns, sport),
        totals=session.totals,
        pauses_s=pauses_between(messages.events, start_s or 0.0, end_s),
        utc_offset_s=utc_offset_s(messages.activities),
        device=device,
        altitude_is_barometric=has_barometer(device, messages.devices),
        flags=flags,
    )
    if Flag.CRC_MISMATCH in flags and shows_damage(recording):
        return replace(recording, flags=flags | {Flag.SUSPECT})
    return recording


def _rebuilt(messages: Messages, samples: Samples, part: Part, truncated: bool) -> Session:
    """A session for records that have none. Raises UnreadableWorkout if there is too little."""
    count, span_s = len(samples.time_s), samples.span_s
    if truncated and (count < FEWEST_PREFIX_RECORDS or span_s < SHORTEST_PREFIX_S):
        stop = part.issues[0].offset if part.issues else None
        raise UnreadableWorkout(
            f"The recording breaks off after {count} samples in {span_s:.0f} seconds, too little to count. "
            "Copy the file from the watch again if the workout was longer.",
            stop,
        )
    if count == 0 and Flag.NO_TIMESTAMPS in samples.flags:
        raise UnreadableWorkout("The samples of this FIT file have no times, so nothing can be measured.")
    if count == 0:
        raise UnreadableWorkout("This FIT file says it is a workout but holds neither samples nor a summary.")
    sport = messages.sports[-1] if messages.sports else {}
    return Session(samples.start_s, samples.end_s, sport.get("sport"), sport.get("sub_sport"))


def _refuse_other_types(messages: Messages) -> None:
    kind = next((row["type"] for row in messages.file_ids if "type" in row), None)
    if isinstance(kind, str) and kind in _NOT_WORKOUTS:
        raise NotAWorkout(_NOT_WORKOUTS[kind])
    if kind != "activity" and not messages.sessions and not len(messages.records) and messages.file_ids:
        raise NotAWorkout(
            'This FIT file holds no workout (its own type is not "activity"): nothing to import.'
        )


def _framing_flags(part: Part, has_session: bool) -> frozenset[Flag]:
    flags = set()
    resized = part.has(Fault.SIZE_MISSING, Fault.SIZE_BEYOND_END)
    if part.has(Fault.CUT_IN_MESSAGE, Fault.UNDEFINED_MESSAGE):
        flags.add(Flag.TRUNCATED)
    if resized and not has_session:
        flags.add(Flag.TRUNCATED)
    if resized or leaves_out_a_wanted_field(part):
        flags.add(Flag.REPAIRED)
    for fault, flag in (
        (Fault.CRC_MISSING, Flag.CRC_MISSING),
        (Fault.CRC_MISMATCH, Flag.CRC_MISMATCH),
        (Fault.TRAILING_BYTES, Flag.TRAILING_BYTES),
    ):
        if part.has(fault):
            flags.add(flag)
    return frozenset(flags)


def _notes(part: Part) -> list[str]:
    words = {
        Fault.SIZE_MISSING: "The watch never finished this file; everything it had written was read.",
        Fault.SIZE_BEYOND_END: "The file is shorter than it says; everything up to its end was read.",
        Fault.CUT_IN_MESSAGE: "The recording breaks off at byte {offset}; everything before was read.",
        Fault.UNDEFINED_MESSAGE: "The file is damaged at byte {offset}; everything before was read.",
        Fault.CRC_MISSING: "The checksum at the end of the file is missing.",
        Fault.CRC_MISMATCH: "The checksum does not match: the file was changed after recording, and values may be wrong.",
        Fault.TRAILING_BYTES: "Something that is not FIT follows the workout at byte {offset}; it was left out.",
    }
    return [words[issue.fault].format(offset=issue.offset) for issue in part.issues]


def _same(one: Recording, other: Recording) -> bool:
    """The same workout read twice: start, sport, length and last distance agree."""
    return (one.started_at, one.sport, one.totals, len(one.track)) == (
        other.started_at,
        other.sport,
        other.totals,
        len(other.track),
    ) and one.track.distance_m[-1:].tobytes() == other.track.distance_m[-1:].tobytes()
