"""Which pairs single runs were in, told by hand or by an account's export; both are kept, the hand counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, delete, select

from features.training_log import Shoe
from pipelines.errors import KneewiseError
from pipelines.logbook import tables as t
from pipelines.logbook.shoes import add_shoe, shoes
from pipelines.logbook.store import Logbook, slug

NO_SHOE = ""  # a run in none of the athlete's pairs
ROUNDING = 0.011  # three shares told as 0.33 are a whole


def assign(logbook: Logbook, athlete: str, recordings: Sequence[str], shares: Mapping[str, float]) -> None:
    """These recordings were in these pairs, so much of the distance in each, whatever rules or an export say.

    Raises KneewiseError unless the shares are positive and sum to 1.
    """
    total = sum(shares.values())
    if min(shares.values(), default=0) <= 0 or abs(total - 1) > ROUNDING:
        raise KneewiseError(
            f"the shares of a run must be above 0 and sum to 1, not {total:g}; like: red=0.6 blue=0.4"
        )
    with logbook.engine.begin() as db:
        for recording in recordings:
            _put(db, athlete, recording, True, {shoe: share / total for shoe, share in shares.items()})


def unassign(logbook: Logbook, athlete: str, recordings: Sequence[str]) -> None:
    """Take ``assign`` back: an export's word or the rules count again."""
    with logbook.engine.begin() as db:
        for recording in recordings:
            _put(db, athlete, recording, True, {})


def assigned(logbook: Logbook, athlete: str, recordings: Sequence[str]) -> dict[str, float]:
    """What ``assign`` last said of these recordings of one run: pair → share; empty where nothing was."""
    c = t.shoe_assignment.c
    told = select(c.shoe, c.share).where(c.athlete == athlete, c.activity.in_(recordings), c.by_hand)
    with logbook.engine.connect() as db:
        return {row.shoe: row.share for row in db.execute(told)}


def take_over(
    logbook: Logbook, athlete: str, worn: Sequence[tuple[str, str]], days: Mapping[str, date]
) -> None:
    """Shoes that an account's export knows: pairs that are new are added as of their first run, and
    each recording is assigned to its pair."""
    known = {pair.id for pair in shoes(logbook, athlete)}
    for name in dict.fromkeys(name for _, name in worn):
        if slug(name) not in known:
            first = min(days[recording] for recording, other in worn if other == name)
            add_shoe(logbook, Shoe(id=slug(name), athlete=athlete, name=name, bought_on=first))
            known.add(slug(name))
    with logbook.engine.begin() as db:
        for recording, name in worn:
            _put(db, athlete, recording, False, {slug(name): 1.0})


def _put(db: Connection, athlete: str, recording: str, by_hand: bool, shares: Mapping[str, float]) -> None:
    c = t.shoe_assignment.c
    db.execute(
        delete(t.shoe_assignment).where(c.athlete == athlete, c.activity == recording, c.by_hand.is_(by_hand))
    )
    for shoe, share in shares.items():
        db.execute(
            t.shoe_assignment.insert().values(
                athlete=athlete, activity=recording, by_hand=by_hand, shoe=shoe, share=share
            )
        )
