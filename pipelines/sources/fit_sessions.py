"""What a FIT file says about its sessions, pauses and local time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from features.training_log import Flag, Totals
from pipelines.sources.fit_layout import APP
from pipelines.sources.fit_messages import TIME, Messages
from pipelines.sources.fit_profile import Value
from pipelines.sources.fit_rows import Row

_STARTS = ("start",)
_STOPS = ("stop", "stop_all", "stop_disable", "stop_disable_all")

OFFSET_STEP_S = 900  # every time zone in use is a multiple of a quarter hour from UTC
OFFSET_SLACK_S = 120  # the two clocks of the activity message may be read a moment apart
LARGEST_OFFSET_S = 14 * 3600

SILENT = Totals()


@dataclass(frozen=True, slots=True)
class Session:
    """One session: when (seconds since the FIT epoch), which sport, which totals."""

    start_s: float | None
    end_s: float | None
    sport: Value | None
    sub_sport: Value | None
    totals: Totals = SILENT
    flags: frozenset[Flag] = frozenset()


def sessions_of(messages: Messages) -> list[Session]:
    """The sessions in time order; one that the file repeats counts once, in its last version."""
    sessions: dict[tuple[float | None, Value | None], Session] = {}
    for row in messages.sessions:
        session = _session(row, messages)
        sessions[session.start_s, session.sport] = session
    return sorted(sessions.values(), key=lambda s: s.start_s if s.start_s is not None else 0.0)


def _session(row: Row, messages: Messages) -> Session:
    elapsed = _number(row.get("total_elapsed_time"))
    written = _number(row.get(TIME))
    start = _number(row.get("start_time"))
    if start is None and written is not None and elapsed is not None:
        start = written - elapsed
    end = start + elapsed if start is not None and elapsed is not None else written
    distance, stand_in = _number(row.get("total_distance")), _number(row.get(APP + "total_distance"))
    flags: frozenset[Flag] = frozenset()
    if not distance and stand_in is not None and stand_in > 0:
        # An app on the watch measured what the watch itself did not; the two totals then differ.
        distance, flags = stand_in, frozenset({Flag.DISTANCE_DISAGREES})
    if elapsed is None and start is not None and written is not None and written > start:
        elapsed = written - start
    sport = messages.sports[-1] if messages.sports else {}
    totals = Totals(
        distance,
        elapsed,
        _number(row.get("total_timer_time")),
        _number(row.get("total_ascent")),
        _number(row.get("total_descent")),
    )
    return Session(
        start,
        end,
        row.get("sport", sport.get("sport")),
        row.get("sub_sport", sport.get("sub_sport")),
        totals,
        flags,
    )


def pauses_between(events: Iterable[Row], start_s: float, end_s: float) -> tuple[tuple[float, float], ...]:
    """Times in which the timer stood still, as seconds since ``start_s``; the final stop is no pause."""
    pauses: list[tuple[float, float]] = []
    stopped_at: float | None = None
    for row in events:
        time = _number(row.get(TIME))
        if row.get("event") != "timer" or time is None:
            continue
        if row.get("event_type") in _STOPS:
            stopped_at = time if stopped_at is None else stopped_at
        elif row.get("event_type") in _STARTS and stopped_at is not None:
            first, last = max(stopped_at, start_s), min(time, end_s)
            if last > first:
                pauses.append((first - start_s, last - start_s))
            stopped_at = None
    return tuple(pauses)


def utc_offset_s(activities: Iterable[Row]) -> int | None:
    """The watch's offset from UTC, from its two clocks; None if they make no time zone."""
    for row in activities:
        local, utc = _number(row.get("local_timestamp")), _number(row.get(TIME))
        if local is None or utc is None:
            continue
        offset = OFFSET_STEP_S * round((local - utc) / OFFSET_STEP_S)
        if abs(offset) <= LARGEST_OFFSET_S and abs(local - utc - offset) <= OFFSET_SLACK_S:
            return offset
    return None


def _number(value: Value | None) -> float | None:
    return float(value) if isinstance(value, (int, float)) and value == value else None
