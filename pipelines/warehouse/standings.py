"""Reads how many athletes stand at once: one question each for verdicts, shoes and weeks, whoever they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from features.training_log import Shoe, ShoeDay
from models.verdict import Level, Reason
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from reports.attention import Pain, PlanKept, Standing
from reports.comparing import WeekOf

SHOE_COLUMNS = tuple(field.name for field in fields(Shoe))


def standings(
    db: Db,
    names: Mapping[str, str],
    with_body: Collection[str],
    todays: Mapping[str, date],
    pains: Mapping[str, Pain],
    plans: Mapping[str, PlanKept],
) -> dict[str, Standing]:
    """Athlete → where they stand, for those of ``names`` (id → name) that have a verdict.

    ``todays`` is each one's own today; of who is not in ``with_body`` no injury is read.
    """
    shoes = pairs_in_use(db, list(names))
    wanted = {"athletes": list(names), "with_body": list(with_body)}
    found = {}
    for row in reading.rows(db, "standings", wanted):
        athlete, before, last_run = row["athlete"], row.pop("level_before"), row.pop("last_run_on")
        found[athlete] = Standing(
            **{
                **row,
                "level": Level(row["level"]),
                "unknown_because": tuple(row["unknown_because"]),
                "reasons": tuple(map(_reason, row["reasons"])),
            },
            name=names[athlete],
            level_before=None if before is None else Level(before),
            days_since_run=None if last_run is None else (todays[athlete] - last_run).days,
            pain=pains.get(athlete),
            plan=plans.get(athlete),
            shoes=shoes.get(athlete, ()),
        )
    return found


def pairs_in_use(db: Db, athletes: Sequence[str]) -> dict[str, tuple[ShoeDay, ...]]:
    """Athlete → the pairs worn in the last four weeks, oldest first."""
    found: dict[str, tuple[ShoeDay, ...]] = {}
    for row in reading.rows(db, "pairs_in_use", {"athletes": list(athletes)}):
        shoe = Shoe(**{name: row.pop(name) for name in SHOE_COLUMNS})
        found[shoe.athlete] = (*found.get(shoe.athlete, ()), ShoeDay(shoe, **row))
    return found


def weeks(db: Db, athletes: Sequence[str], number: int) -> dict[str, tuple[WeekOf, ...]]:
    """Athlete → the seven days up to each of the last ``number`` Sundays, oldest first."""
    found: dict[str, tuple[WeekOf, ...]] = {}
    for row in reading.rows(db, "weeks_beside", {"athletes": list(athletes), "weeks": number}):
        athlete, level = row.pop("athlete"), row.pop("level")
        week = WeekOf(**row, level=None if level is None else Level(level))
        found[athlete] = (*found.get(athlete, ()), week)
    return found


def _reason(row: Mapping[str, Any]) -> Reason:
    return Reason(**{**row, "evidence": tuple(row["evidence"])})
