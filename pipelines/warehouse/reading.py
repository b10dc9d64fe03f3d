"""Reads the warehouse: each function asks one question of ``questions/`` and returns typed rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date
from typing import Any

from features import catalog, evidence
from features.stream_measures import CadenceHabit
from features.training_log import CheckIn, DayFeatures, Flag, Shoe, ShoeDay, Surface, Week
from models.envelope import Month
from models.running_week import RanOn
from pipelines.exports import ImportedRecording
from pipelines.warehouse.store import Db, question
from pipelines.warehouse.writing import FileRow
from reports.week_story import SessionLine, WeekTotals


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was when it was looked at."""

    bytes: int
    mtime_ns: int
    sha256: str


def rows(db: Db, name: str, parameters: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """The answer to one question as dicts, columns in the order of the SQL."""
    answer = db.execute(question(name), parameters)
    columns = [column[0] for column in answer.description]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def known_files(db: Db, athlete: str) -> dict[str, list[KnownFile]]:
    """Every content that was seen at each path, so that an unchanged file is not read again."""
    answer = db.execute("select path, bytes, mtime_ns, sha256 from file where athlete = ?", [athlete])
    known: dict[str, list[KnownFile]] = {}
    for path, size, mtime, sha in answer.fetchall():
        known.setdefault(path, []).append(KnownFile(size, mtime, sha))
    return known


def file_rows(db: Db) -> list[FileRow]:
    """Every file row there is, in the order they came in."""
    names = [field.name for field in fields(FileRow)]
    answer = db.execute(f"select {', '.join(names)} from file order by seen_at, path")
    return [FileRow(*row) for row in answer.fetchall()]


def titles(db: Db) -> dict[str, str]:
    """Recording → title, where it has one: an export's titles are in no workout file."""
    return dict(db.execute("select id, name from recording where name is not null").fetchall())


def known_contents(db: Db, athlete: str) -> dict[str, list[str]]:
    """Content hash → the recordings it became, for one athlete (another's same file is not ours)."""
    answer = db.execute(
        "select content_sha256, recording_ids from file where athlete = ? and outcome = 'imported'", [athlete]
    )
    return dict(answer.fetchall())


def imported_recordings(db: Db, athlete: str) -> list[ImportedRecording]:
    """Every recording of an athlete with the file that it came from."""
    return [
        ImportedRecording(row["id"], row["path"], row["sport"], row["started_at"].replace(tzinfo=UTC))
        for row in rows(db, "imported_recordings", {"athlete": athlete})
    ]


def days_of(db: Db, recordings: Sequence[str]) -> dict[str, date]:
    """The athlete's own day of each recording."""
    answer = db.execute("select id, day from recording where list_contains(?, id)", [list(recordings)])
    return dict(answer.fetchall())


def day_features(db: Db, athlete: str, day: date) -> DayFeatures:
    """All features of one athlete on one day; every value is None where nothing is recorded."""
    answer = db.execute("select * from athlete_day where athlete = ? and day = ?", [athlete, day])
    columns = [column[0] for column in answer.description]
    row = answer.fetchone()
    if row is None:
        return DayFeatures(athlete, day, {feature.name: None for feature in catalog.per_day()})
    return _features(dict(zip(columns, row, strict=True)))


def planned_day(db: Db, athlete: str, today: date, day: date) -> tuple[DayFeatures, Month]:
    """Features of a day to come, if nothing more is run until then, and what a run on it is compared with.

    Habits of the last weeks (shoes, warm-up and their like) are taken to stay as they are ``today``.
    """
    week, month_days = int(evidence.value("acute_window_days")), int(evidence.value("spike_window_days"))
    wanted = {"athlete": athlete, "day": day, "week": week, "month": month_days}
    (found,) = rows(db, "planned_day", wanted)
    month = Month(*(_number(found.pop(f.name)) for f in fields(Month)))
    as_now = day_features(db, athlete, today)
    told = {name: _number(value) for name, value in found.items()}
    return replace(as_now, day=day, values={**as_now.values, **told}), month


def assessed_days(db: Db) -> Iterator[list[DayFeatures]]:
    """Features of every day that gets a verdict, thousands at a time: Sundays, the last day, a week before it."""
    answer = db.cursor().execute(question("assessed_days"))  # its own: verdicts are written in between
    columns = [column[0] for column in answer.description]
    while chunk := answer.fetchmany(5_000):
        yield [_features(dict(zip(columns, row, strict=True))) for row in chunk]


def is_current(db: Db, logbook: str, today: date) -> bool:
    """Whether verdicts exist up to ``today``, made of every file stored and of this logbook."""
    row = db.execute("select max(as_of) from current_state where logbook = ?", [logbook]).fetchone()
    return row is not None and row[0] is not None and row[0] >= today


def activity_ids(db: Db, athlete: str | None, prefix: str | None) -> list[str]:
    """Ids that start so, oldest first: of any workout, or of runs alone where no ``prefix`` is given."""
    answer = db.execute(
        "select id from activity where athlete = coalesce($athlete, athlete) and "
        "case when $prefix is null then sport = 'running' else starts_with(id, $prefix) end order by started_at",
        {"athlete": athlete, "prefix": prefix},
    )
    return [row[0] for row in answer.fetchall()]


def sessions(db: Db, athlete: str, first: date, last: date) -> tuple[SessionLine, ...]:
    """The sessions of the days ``first`` to ``last``, both inclusive, oldest first."""
    found = rows(db, "week_sessions", {"athlete": athlete, "first": first, "last": last})
    return tuple(
        SessionLine(
            **{
                **row,
                "started_at": row["started_at"].replace(tzinfo=UTC),
                "surface": Surface(row["surface"]),
                "flags": tuple(sorted(Flag(flag) for flag in row["flags"])),
            }
        )
        for row in found
    )


def days_run_on(db: Db, athlete: str, first: date, last: date) -> tuple[RanOn, ...]:
    """The days with a run among ``first`` to ``last``, both inclusive, oldest first."""
    found = rows(db, "days_run_on", {"athlete": athlete, "first": first, "last": last})
    return tuple(
        RanOn(row["day"], _number(row["distance_m"]), _number(row["knee_m"]), row["is_hard"]) for row in found
    )


def week_totals(
    db: Db, athlete: str, last_week: Week, weeks: int, check_ins: Sequence[CheckIn]
) -> tuple[WeekTotals, ...]:
    """``weeks`` calendar weeks up to and including ``last_week``, oldest first."""
    first = last_week.shifted(1 - weeks)
    found = {
        Week.of(row["week_from"], last_week.starts_on): row
        for row in rows(
            db, "week_totals", {"athlete": athlete, "first": first.first_day, "last": last_week.last_day}
        )
    }
    worst: dict[Week, int] = {}
    for check_in in check_ins:
        if check_in.worst_pain is not None:
            week = Week.of(check_in.day, last_week.starts_on)
            worst[week] = max(worst.get(week, 0), check_in.worst_pain)
    return tuple(
        WeekTotals(
            week=week,
            distance_m=found[week]["distance_m"],
            runs=found[week]["runs"],
            longest_m=found[week]["longest_m"],
            descent_m=found[week]["descent_m"],
            worst_pain=worst.get(week),
            unmeasured_runs=found[week]["unmeasured_runs"],
        )
        for week in (first.shifted(n) for n in range(weeks))
        if week in found
    )


def shoe_days(db: Db, athlete: str, day: date, pairs: Sequence[Shoe]) -> tuple[ShoeDay, ...]:
    """Each pair as it stood at the end of ``day``, oldest pair first."""
    found = {row.pop("shoe"): row for row in rows(db, "shoe_days", {"athlete": athlete, "day": day})}
    return tuple(ShoeDay(shoe=pair, day=day, **found[pair.id]) for pair in pairs if pair.id in found)


def mean_cadence(db: Db, athlete: str, first: date, last: date) -> tuple[float, float] | None:
    """Mean speed (m/s) and cadence (steps/min) of the runs of some days, both inclusive."""
    (row,) = rows(db, "mean_cadence", {"athlete": athlete, "first": first, "last": last})
    return None if row["cadence_spm"] is None else (row["speed_mps"], row["cadence_spm"])


def cadence_habit(db: Db, athlete: str, first: date, last: date) -> CadenceHabit | None:
    """The newest habit that was learned for a month that began on one of these days."""
    names = ", ".join(field.name for field in fields(CadenceHabit))
    row = db.execute(
        f"select {names} from cadence_habit where athlete = ? and from_day between ? and ? "
        "and intercept_spm is not null order by from_day desc limit 1",
        [athlete, first, last],
    ).fetchone()
    return None if row is None else CadenceHabit(*row)


def files_with_problems(db: Db, athlete: str) -> int:
    row = db.execute(
        "select count(*) from file where athlete = ? and outcome = 'rejected'", [athlete]
    ).fetchone()
    return int(row[0]) if row else 0


def rejected_files(db: Db, athlete: str) -> list[tuple[str, str, str]]:
    """(content hash, name, reason) of each content that could not be read, as they came in."""
    answer = db.execute(
        "select coalesce(content_sha256, sha256), min(path), min(reason) from file "
        "where athlete = ? and outcome = 'rejected' group by 1 order by min(seen_at), 2",
        [athlete],
    )
    return [(content, path.rpartition("/")[2], reason) for content, path, reason in answer.fetchall()]


def last_recorded_day(db: Db, athlete: str) -> date | None:
    """The last day of the athlete's own that has any activity, its clock having been set."""
    row = db.execute(
        "select max(day) from activity where athlete = ? and not list_contains(flags, 'clock_unset')",
        [athlete],
    ).fetchone()
    return row[0] if row else None


def last_measured_day(db: Db, athlete: str) -> date | None:
    """The last day up to which the athlete's features reach; None where nothing is recorded."""
    row = db.execute("select max(day) from athlete_day where athlete = ?", [athlete]).fetchone()
    return row[0] if row else None


def recorded_span(db: Db, athlete: str) -> tuple[date, date] | None:
    """The first recorded day and the last that was measured; None where nothing is recorded."""
    row = db.execute("select min(day), max(day) from athlete_day where athlete = ?", [athlete]).fetchone()
    return None if row is None or row[0] is None else (row[0], row[1])


def levels(db: Db, athlete: str, first: date) -> list[tuple[date, str]]:
    """The level of each assessed day from ``first`` on."""
    return db.execute(
        "select day, level from assessment where athlete = ? and day >= ? order by day", [athlete, first]
    ).fetchall()


def _features(row: dict[str, Any]) -> DayFeatures:
    athlete, day = row.pop("athlete"), row.pop("day")
    return DayFeatures(athlete, day, {name: _number(value) for name, value in row.items()})


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)
