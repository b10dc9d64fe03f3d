"""Rules of the logbook that say which pair runs were in, without a word for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from pipelines.errors import KneewiseError
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook


@dataclass(frozen=True, slots=True)
class ShoeRule:
    """Runs from ``from_day`` to ``to_day`` (inclusive; None = open) were in ``shoe``: those that fit every
    condition that is told. Where several rules fit, the one that was added last wins.

    ``sport``: running (None), walking or hiking. ``surface``: what most of the run was on, one of hard, firm,
    natural, track, treadmill. ``weekday``: ISO, 1 = Monday. Distances: from ``min_distance_m`` to below
    ``max_distance_m``. ``id`` is None until the rule is stored.
    """

    athlete: str
    shoe: str
    from_day: date
    to_day: date | None = None
    sub_sport: str | None = None
    weekday: int | None = None
    sport: str | None = None
    surface: str | None = None
    min_distance_m: float | None = None
    max_distance_m: float | None = None
    id: int | None = None


def add_rule(logbook: Logbook, rule: ShoeRule) -> None:
    with logbook.engine.begin() as db:
        db.execute(
            t.shoe_rule.insert().values(
                athlete=rule.athlete,
                shoe=rule.shoe,
                from_day=rule.from_day,
                to_day=rule.to_day,
                sub_sport=rule.sub_sport,
                weekday=rule.weekday,
                sport=rule.sport,
                surface=rule.surface,
                min_distance_m=rule.min_distance_m,
                max_distance_m=rule.max_distance_m,
            )
        )


def rules(logbook: Logbook, athlete: str) -> tuple[ShoeRule, ...]:
    """Every rule, ended ones included, in the order added: the last that fits wins."""
    query = select(t.shoe_rule).where(t.shoe_rule.c.athlete == athlete).order_by(t.shoe_rule.c.id)
    with logbook.engine.connect() as db:
        return tuple(ShoeRule(**row) for row in db.execute(query).mappings())


def end_rule(logbook: Logbook, athlete: str, number: int, last_day: date) -> ShoeRule:
    """No run after ``last_day`` follows that rule; a day before its first takes it back whole.

    Raises KneewiseError if there is no such rule, or if it has ended by then anyway.
    """
    rule = next((r for r in rules(logbook, athlete) if r.id == number), None)
    if rule is None:
        raise KneewiseError(f"{athlete} has no rule {number}. See: kneewise shoes rule list")
    if rule.to_day is not None and rule.to_day <= last_day:
        raise KneewiseError(f"rule {number} ended on {rule.to_day} already; give an earlier day with --on.")
    with logbook.engine.begin() as db:
        db.execute(update(t.shoe_rule).where(t.shoe_rule.c.id == number).values(to_day=last_day))
    return rule
