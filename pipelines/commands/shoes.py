"""``kneewise shoes``: add, list, retire, assign. Kilometres are always summed anew from the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, metres, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import ShoeDay
    from pipelines.steps import Home

app = typer.Typer(no_args_is_help=True, help="Shoes: add, list, retire, assign runs to a pair.")
DAYS_PER_MONTH = 365.25 / 12


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What you call the pair.")],
    athlete: AthleteOption = None,
    bought: Annotated[str | None, typer.Option("--bought", help="Day, like 2026-04-02; else today.")] = None,
    start: Annotated[str, typer.Option("--start", help="Distance already on the pair, like 120km.")] = "0km",
    limit: Annotated[
        str | None, typer.Option("--limit", help="Remind at this distance (else 600km).")
    ] = None,
    months: Annotated[
        float | None, typer.Option("--months", min=0.5, max=600, help="Remind at this age (else 6).")
    ] = None,
    default: Annotated[
        bool, typer.Option("--default/--no-default", help="Count all runs from that day in this pair.")
    ] = True,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add a pair. From the day it was bought, runs count in it unless another rule says otherwise."""
    from features import evidence
    from features.training_log import Shoe
    from pipelines.logbook import shoes
    from pipelines.logbook.store import slug

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        day = a_day(bought) or found.settings.today_in(person.zone)
        limit_days = evidence.value("shoe_limit_days") if months is None else months * DAYS_PER_MONTH
        pair = Shoe(
            id=slug(name),
            athlete=person.id,
            name=name,
            bought_on=day,
            initial_distance_m=metres(start),
            limit_m=evidence.value("shoe_limit_m") if limit is None else metres(limit),
            limit_days=round(limit_days),
        )
        shoes.add_shoe(found.logbook, pair)
        if default:
            shoes.add_rule(found.logbook, shoes.ShoeRule(person.id, pair.id, day))
        _show(found, person.id, json, f"Added {pair.name!r} as {pair.id!r}.")


@app.command(name="list")
def list_(
    context: typer.Context,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Each pair with its distance, age and limits."""
    with opened(context, home) as found:
        _show(found, found.logbook.athlete(athlete).id if athlete else None, json)


@app.command()
def retire(
    context: typer.Context,
    shoe: Annotated[str, typer.Argument(help="The pair, by id or name.")],
    athlete: AthleteOption = None,
    on: Annotated[
        str | None, typer.Option("--on", help="Last day in use, like 2026-10-31; else today.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Retire a pair: later runs do not count for it, it alerts no more, its history stays."""
    from pipelines.logbook import shoes

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        pair = shoes.shoe(found.logbook, person.id, shoe)
        day = a_day(on) or found.settings.today_in(person.zone)
        if day < pair.bought_on:
            raise KneewiseError(f"{pair.name!r} was bought on {pair.bought_on}; it cannot retire on {day}.")
        shoes.retire_shoe(found.logbook, person.id, pair.id, day)
        _show(found, person.id, json, f"Retired {pair.name!r} on {day}.")


@app.command()
def assign(
    context: typer.Context,
    shoe: Annotated[str, typer.Argument(help="The pair, by id or name.")],
    activities: Annotated[
        list[str] | None, typer.Argument(help="Activity ids (kneewise activities).")
    ] = None,
    athlete: AthleteOption = None,
    since: Annotated[
        str | None, typer.Option("--from", help="Instead of ids: all runs from this day …")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="… to this day, inclusive.")] = None,
    sub_sport: Annotated[
        str | None, typer.Option("--sub-sport", help="… of this sub-sport, like trail …")
    ] = None,
    weekday: Annotated[
        int | None, typer.Option("--weekday", min=1, max=7, help="… on this weekday, 1 = Monday.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Say which runs were in a pair: single activities, or all runs of a time."""
    from pipelines.logbook import shoes
    from pipelines.warehouse import reading, store

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        pair = shoes.shoe(found.logbook, person.id, shoe)
        first, last = a_day(since), a_day(until)
        if activities and first is not None:
            raise KneewiseError("give activity ids or --from, not both.")
        if first is not None and last is not None and last < first:
            raise KneewiseError(f"--to {last} is before --from {first}.")
        if activities:
            with store.open_published(found.settings.published_path) as db:
                wanted = {"athlete": person.id, "first": None, "last": None}
                known = {row["id"]: row["recordings"] for row in reading.rows(db, "activities", wanted)}
            unknown = [a for a in activities if a not in known]
            if unknown:
                raise KneewiseError(f"{person.id} has no activity {unknown[0]!r}. See: kneewise activities")
            recordings = [recording for activity in activities for recording in known[activity]]
            shoes.assign(found.logbook, person.id, recordings, pair.id)
        elif first is not None:
            shoes.add_rule(found.logbook, shoes.ShoeRule(person.id, pair.id, first, last, sub_sport, weekday))
        else:
            raise KneewiseError("say which runs: activity ids, or --from DAY [--to DAY] [--sub-sport NAME].")
        _show(found, person.id, json, f"Assigned to {pair.name!r}.")


def _show(home: Home, athlete: str | None, json: bool, done: str = "") -> None:
    """The pairs as they stand now; changes count at once."""
    from reports.wording import Measure

    states = _states(home, athlete, changed=bool(done))
    if json:
        show_json([_told(state) for state in states])
        return
    if done:
        say(done)
    units = {a.id: a.units for a in home.logbook.athletes()}
    show_table(
        {"athlete": "left", "id": "left", "name": "left", "distance": "right", "limit": "right"}
        | {"age": "right", "runs": "right", "retired": "left"},
        [
            (
                s.shoe.athlete,
                s.shoe.id,
                s.shoe.name,
                Measure(units[s.shoe.athlete]).distance(s.distance_m),
                Measure(units[s.shoe.athlete]).distance(s.shoe.limit_m),
                f"{s.age_days / DAYS_PER_MONTH:.1f} months",
                s.runs,
                s.shoe.retired_on,
            )
            for s in states
        ],
        "No shoes yet. Add a pair: kneewise shoes add NAME",
    )


def _states(home: Home, athlete: str | None, changed: bool) -> list[ShoeDay]:
    from pipelines import steps
    from pipelines.logbook import shoes
    from pipelines.warehouse import reading, store

    if changed:
        steps.bring_up_to_date(home)
    else:
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


def _told(state: ShoeDay) -> dict[str, object]:
    return {
        "id": state.shoe.id,
        "athlete": state.shoe.athlete,
        "name": state.shoe.name,
        "bought_on": state.shoe.bought_on,
        "retired_on": state.shoe.retired_on,
        "distance_m": state.distance_m,
        "distance_28d_m": state.distance_28d_m,
        "initial_distance_m": state.shoe.initial_distance_m,
        "limit_m": state.shoe.limit_m,
        "age_days": state.age_days,
        "limit_days": state.shoe.limit_days,
        "runs": state.runs,
    }
