"""Shoes in the logbook: pairs, retired and brought back.

Nothing here counts kilometres: distance is always summed anew from the runs, so a back-dated
change needs no special case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select, update

from features.training_log import Shoe
from pipelines.errors import KneewiseError
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import columns, put


def add_shoe(logbook: Logbook, shoe: Shoe) -> None:
    """Store a new pair. Raises KneewiseError if the athlete already has that id."""
    with logbook.engine.begin() as db:
        taken = select(t.shoe.c.id).where(t.shoe.c.athlete == shoe.athlete, t.shoe.c.id == shoe.id)
        if db.scalar(taken):
            raise KneewiseError(
                f"{shoe.athlete} already has shoes {shoe.id!r}; give the new pair another name."
            )
        db.execute(t.shoe.insert().values(asdict(shoe)))


def put_shoes(logbook: Logbook, pairs: Sequence[Shoe]) -> None:
    """Store pairs, all or none; one that is there takes on what is told. No rule is made of them."""
    with logbook.engine.begin() as db:
        for pair in pairs:
            put(db, t.shoe, *columns(asdict(pair), ("athlete", "id")))


def change_shoe(logbook: Logbook, shoe: Shoe) -> None:
    """Store a pair anew under its id: name, day bought, starting distance, limits."""
    with logbook.engine.begin() as db:
        db.execute(update(t.shoe).where(*_is(shoe.athlete, shoe.id)).values(asdict(shoe)))


def shoes(logbook: Logbook, athlete: str | None = None) -> tuple[Shoe, ...]:
    """Pairs of one athlete or of all, oldest first, retired ones included."""
    query = select(t.shoe).order_by(t.shoe.c.athlete, t.shoe.c.bought_on, t.shoe.c.id)
    if athlete is not None:
        query = query.where(t.shoe.c.athlete == athlete)
    with logbook.engine.connect() as db:
        return tuple(Shoe(**row) for row in db.execute(query).mappings())


def shoe(logbook: Logbook, athlete: str, name: str) -> Shoe:
    """One pair by id or name. Raises KneewiseError naming those there are."""
    pairs = shoes(logbook, athlete)
    fitting = [p for p in pairs if p.id == name] or [p for p in pairs if p.name == name]
    if fitting:
        return fitting[0]
    there_are = ", ".join(p.id for p in pairs) or "none yet (kneewise shoes add NAME)"
    raise KneewiseError(f"{athlete} has no shoes {name!r}. There are: {there_are}.")


def retire_shoe(logbook: Logbook, athlete: str, shoe_id: str, on: date) -> None:
    """No rule counts for that pair after ``on``, and it alerts no more. Its history stays."""
    with logbook.engine.begin() as db:
        db.execute(update(t.shoe).where(*_is(athlete, shoe_id)).values(retired_on=on))


def bring_back(logbook: Logbook, shoe: Shoe, first_day: date) -> None:
    """A retired pair is in use again from ``first_day``; rules count nothing for it in the days between."""
    if shoe.retired_on is None:
        raise KneewiseError(f"{shoe.name!r} is not retired.")
    out_from, out_to = shoe.retired_on + timedelta(days=1), first_day - timedelta(days=1)
    with logbook.engine.begin() as db:
        db.execute(update(t.shoe).where(*_is(shoe.athlete, shoe.id)).values(retired_on=None))
        if out_from <= out_to:
            key = {"athlete": shoe.athlete, "shoe": shoe.id, "from_day": out_from}
            put(db, t.shoe_break, key, {"to_day": out_to})


def _is(athlete: str, shoe_id: str) -> tuple[ColumnElement[bool], ...]:
    return t.shoe.c.athlete == athlete, t.shoe.c.id == shoe_id
