"""Shoes in the logbook: pairs, rules that say which pair a run was in, and single corrections.

Nothing here counts kilometres: distance is always summed anew from the runs, so a back-dated
change needs no special case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import RowMapping

from features.training_log import Shoe
from pipelines.errors import KneewiseError
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook, slug


@dataclass(frozen=True, slots=True)
class ShoeRule:
    """Runs from ``from_day`` to ``to_day`` (inclusive; None = open) were in ``shoe``: those of that
    sub-sport and ISO weekday (1 = Monday), where one is named. Where several rules fit, the one
    that was added last wins."""

    athlete: str
    shoe: str
    from_day: date
    to_day: date | None = None
    sub_sport: str | None = None
    weekday: int | None = None


def add_shoe(logbook: Logbook, shoe: Shoe) -> None:
    """Store a new pair. Raises KneewiseError if the athlete already has that id."""
    with logbook.engine.begin() as db:
        taken = select(t.shoe.c.id).where(t.shoe.c.athlete == shoe.athlete, t.shoe.c.id == shoe.id)
        if db.scalar(taken):
            raise KneewiseError(
                f"{shoe.athlete} already has shoes {shoe.id!r}; give the new pair another name."
            )
        db.execute(
            t.shoe.insert().values(
                athlete=shoe.athlete,
                id=shoe.id,
                name=shoe.name,
                bought_on=shoe.bought_on,
                initial_distance_m=shoe.initial_distance_m,
                limit_m=shoe.limit_m,
                limit_days=shoe.limit_days,
                retired_on=shoe.retired_on,
            )
        )


def shoes(logbook: Logbook, athlete: str | None = None) -> tuple[Shoe, ...]:
    """Pairs of one athlete or of all, oldest first, retired ones included."""
    query = select(t.shoe).order_by(t.shoe.c.athlete, t.shoe.c.bought_on, t.shoe.c.id)
    if athlete is not None:
        query = query.where(t.shoe.c.athlete == athlete)
    with logbook.engine.connect() as db:
        return tuple(_shoe(row) for row in db.execute(query).mappings())


def shoe(logbook: Logbook, athlete: str, name: str) -> Shoe:
    """One pair by id or name. Raises KneewiseError naming those there are."""
    pairs = shoes(logbook, athlete)
    fitting = [p for p in pairs if p.id == name] or [p for p in pairs if p.name == name]
    if fitting:
        return fitting[0]
    there_are = ", ".join(p.id for p in pairs) or "none yet (kneewise shoes add NAME)"
    raise KneewiseError(f"{athlete} has no shoes {name!r}. There are: {there_are}.")


def retire_shoe(logbook: Logbook, athlete: str, shoe_id: str, on: date) -> None:
    """No run after ``on`` counts for that pair, and it alerts no more. Its history stays."""
    with logbook.engine.begin() as db:
        db.execute(
            update(t.shoe).where(t.shoe.c.athlete == athlete, t.shoe.c.id == shoe_id).values(retired_on=on)
        )


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
            )
        )


def assign(logbook: Logbook, athlete: str, activities: Sequence[str], shoe_id: str) -> None:
    """These very recordings were in that pair, whatever the rules or an export say."""
    with logbook.engine.begin() as db:
        for activity in activities:
            statement = insert(t.shoe_assignment).values(
                athlete=athlete, activity=activity, shoe=shoe_id, by_hand=True
            )
            db.execute(
                statement.on_conflict_do_update(
                    index_elements=["athlete", "activity"], set_={"shoe": shoe_id, "by_hand": True}
                )
            )


def take_over(
    logbook: Logbook, athlete: str, worn: Sequence[tuple[str, str]], days: Mapping[str, date]
) -> None:
    """Shoes that an account's export knows: pairs that are new are added as of their first run, and
    each recording is assigned to its pair, unless the athlete has assigned it themselves."""
    known = {pair.id for pair in shoes(logbook, athlete)}
    for name in dict.fromkeys(name for _, name in worn):
        if slug(name) not in known:
            first = min(days[recording] for recording, other in worn if other == name)
            add_shoe(logbook, Shoe(id=slug(name), athlete=athlete, name=name, bought_on=first))
            known.add(slug(name))
    with logbook.engine.begin() as db:
        for recording, name in worn:
            statement = insert(t.shoe_assignment).values(
                athlete=athlete, activity=recording, shoe=slug(name), by_hand=False
            )
            db.execute(statement.on_conflict_do_nothing())


def _shoe(row: RowMapping) -> Shoe:
    return Shoe(
        id=row["id"],
        athlete=row["athlete"],
        name=row["name"],
        bought_on=row["bought_on"],
        initial_distance_m=row["initial_distance_m"],
        limit_m=row["limit_m"],
        limit_days=row["limit_days"],
        retired_on=row["retired_on"],
    )
