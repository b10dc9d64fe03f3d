"""The data pages in words: what became of every file and what to do about it, what was recorded twice, what is measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from features.training_log import Flag
from reports import sentences, wording
from reports.dashboard.ports.files import Coverage, DataQuality, FileLine, Uploaded, Workout
from reports.wording import Measure

PER_PAGE = 50
RECEIPT = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")  # the folder of an upload says nothing to anybody
# outcome → what it is called, colour, shape, what it means
OUTCOMES = {
    "imported": ("Imported", "low", "●", "It counts."),
    "duplicate": ("Known already", "unknown", "○", "The same content came before; it counts once."),
    "ignored": ("Not a workout", "unknown", "–", "There is nothing in it to measure."),
    "archive": ("Opened", "unknown", "○", "The files in it are listed by themselves."),
    "rejected": ("Not read", "elevated", "◆", "It could not be read, or not be relied on."),
}
WAITING = ("Waiting", "unknown", "…", "It is read within minutes.")
DECISIONS = {"accept": "You accepted it.", "reject": "You left it out."}


@dataclass(frozen=True, slots=True)
class FileRow:
    """``can_accept``, ``can_reject``: which decision would change something. ``folder`` is the last one alone:
    where this installation keeps files is nobody's business."""

    name: str
    folder: str
    outcome: str
    colour: str
    shape: str
    reason: str
    seen: str
    content: str | None
    decision: str
    can_accept: bool
    can_reject: bool
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkoutRow:
    activity: str
    title: str
    words: str
    apart: bool
    doubt: str


@dataclass(frozen=True, slots=True)
class Filter:
    outcome: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class DataPage:
    athlete: str
    filters: tuple[Filter, ...]
    outcome: str
    files: tuple[FileRow, ...]
    page: int
    last: int
    workouts: tuple[WorkoutRow, ...]
    coverage: tuple[tuple[str, str, float], ...]
    runs: str
    uploads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UploadRow:
    name: str
    outcome: str
    colour: str
    shape: str
    reason: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UploadPage:
    athlete: str
    receipt: str
    rows: tuple[UploadRow, ...]
    waiting: int
    summary: str


def data_page(told: DataQuality, outcome: str, page: int) -> DataPage:
    measure = Measure(told.athlete.units)
    all_of_them = sum(told.counts.values())
    filters = [Filter("", "All", all_of_them, outcome == "")]
    filters += [
        Filter(code, OUTCOMES[code][0], told.counts[code], outcome == code)
        for code in OUTCOMES
        if code in told.counts
    ]
    return DataPage(
        athlete=told.athlete.id,
        filters=tuple(filters),
        outcome=outcome,
        files=tuple(_file(line, told.athlete.zone) for line in told.files),
        page=page,
        last=max(1, -(-told.found // PER_PAGE)),
        workouts=tuple(_workout(w, measure) for w in told.workouts),
        coverage=_coverage(told.coverage),
        runs=wording.count(told.coverage.runs, "run"),
        uploads=told.uploads,
    )


def upload_page(athlete: str, receipt: str, uploaded: Sequence[Uploaded]) -> UploadPage:
    rows = tuple(_upload_row(one) for one in uploaded)
    waiting = sum(one.outcome is None for one in uploaded)
    read = sum(one.outcome == "imported" for one in uploaded)
    failed = sum(one.outcome == "rejected" for one in uploaded)
    parts = [f"{wording.count(read, 'file')} imported"]
    if failed:
        parts.append(f"{failed} not read")
    if waiting:
        parts.append(f"{waiting} waiting")
    return UploadPage(athlete, receipt, rows, waiting, wording.capitalised(wording.listed(parts)) + ".")


def _file(line: FileLine, zone: str) -> FileRow:
    word, colour, shape, meaning = OUTCOMES[line.outcome]
    *_, folder, name = ("", *line.path.split("/"))
    is_about_workout = line.content is not None and line.outcome in ("imported", "rejected")
    return FileRow(
        name=name,
        folder="" if RECEIPT.fullmatch(folder) else folder,
        outcome=word,
        colour=colour,
        shape=shape,
        reason=line.reason or meaning,
        seen=f"{wording.long_date(line.seen_at.date())}, {wording.clock(line.seen_at, zone)}",
        content=line.content,
        decision=DECISIONS.get(line.decision or "", ""),
        can_accept=is_about_workout
        and line.decision != "accept"
        and (line.outcome == "rejected" or line.decision == "reject"),
        can_reject=is_about_workout and line.decision != "reject",
        activities=line.activities,
    )


def _workout(w: Workout, measure: Measure) -> WorkoutRow:
    title = f"{sentences.sport(w.sport, None)}, {wording.long_date(w.day)}, {measure.distance(w.distance_m)}"
    doubt = sentences.flag(Flag.TIME_SHIFT_SUSPECTED) if Flag.TIME_SHIFT_SUSPECTED in w.flags else ""
    if w.kept_apart:
        return WorkoutRow(
            w.activity, title, "You keep its recording apart from others of that day.", True, doubt
        )
    words = f"{len(w.recordings)} recordings of it count once; each number is from the best that has it."
    return WorkoutRow(w.activity, title, wording.capitalised(words), False, doubt)


def _coverage(told: Coverage) -> tuple[tuple[str, str, float], ...]:
    streams = {
        "Position": told.position,
        "Heart rate": told.heart_rate,
        "Cadence": told.cadence,
        "Altitude": told.altitude,
    }
    return tuple(
        (name, wording.NOT_KNOWN if share is None else wording.percent(share), round((share or 0.0) * 100, 1))
        for name, share in streams.items()
    )


def _upload_row(one: Uploaded) -> UploadRow:
    word, colour, shape, meaning = WAITING if one.outcome is None else OUTCOMES[one.outcome]
    return UploadRow(one.name, word, colour, shape, one.reason or meaning, one.activities)
