"""How ``kneewise shoes`` shows pairs: as they stand now, every change counted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.console import say, show_json, show_table

if TYPE_CHECKING:
    from features.training_log import ShoeDay
    from pipelines.steps import Home


def show_pairs(home: Home, athlete: str | None, json: bool, done: str = "") -> None:
    """The pairs of one athlete or of all; ``done`` says what has just been changed."""
    from reports import wording
    from reports.shoe_life import ShoeLife
    from reports.wording import Measure

    states = pair_states(home, athlete)
    if json:
        show_json([pair_keys(state) for state in states])
        return
    if done:
        say(done)
    measures = {a.id: Measure(a.units) for a in home.logbook.athletes()}
    show_table(
        {"athlete": "left", "id": "left", "name": "left", "distance": "right", "limit": "right"}
        | {"age": "right", "limit ": "right", "runs": "right", "last 28 days": "right", "check them": "left"},
        [
            (
                s.shoe.athlete,
                s.shoe.id,
                s.shoe.name,
                measures[s.shoe.athlete].distance(s.distance_m),
                measures[s.shoe.athlete].distance(s.shoe.limit_m),
                wording.age(s.age_days),
                wording.age(s.shoe.limit_days),
                s.runs,
                wording.percent(s.share_28d),
                ShoeLife(s).check_them,
            )
            for s in states
        ],
        "No shoes yet. Add a pair: kneewise shoes add NAME",
    )


def pair_states(home: Home, athlete: str | None) -> list[ShoeDay]:
    """Each pair as it stands today, brought up to date first."""
    from pipelines import steps
    from pipelines.logbook import shoes
    from pipelines.warehouse import reading, store

    steps.catch_up(home)
    people = [a for a in home.logbook.athletes() if athlete in (None, a.id)]
    states: list[ShoeDay] = []
    if not people:
        return states
    with store.open_published(home.settings.published_path) as db:
        for person in people:
            day = home.settings.today_in(person.zone)
            states += reading.shoe_days(db, person.id, day, shoes.shoes(home.logbook, person.id))
    return states


def pair_keys(state: ShoeDay) -> dict[str, object]:
    """A pair as JSON tells it."""
    from reports.shoe_life import ShoeLife

    return {
        "id": state.shoe.id,
        "athlete": state.shoe.athlete,
        "name": state.shoe.name,
        "bought_on": state.shoe.bought_on,
        "retired_on": state.shoe.retired_on,
        "distance_m": state.distance_m,
        "distance_28d_m": state.distance_28d_m,
        "share_28d": state.share_28d,
        "initial_distance_m": state.shoe.initial_distance_m,
        "limit_m": state.shoe.limit_m,
        "age_days": state.age_days,
        "limit_days": state.shoe.limit_days,
        "runs": state.runs,
        "due_on": ShoeLife(state).due_on,
        "stage": next(reversed(ShoeLife(state).stages), None),
    }
