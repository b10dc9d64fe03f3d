"""``kneewise athlete``: add, list, show."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.options import HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete, Injury

app = typer.Typer(no_args_is_help=True, help="Athletes: add, list, show.")


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The athlete's name.")],
    id: Annotated[str | None, typer.Option("--id", help="Short id; made from the name if not given.")] = None,
    zone: Annotated[str, typer.Option("--zone", help="Time zone, like Europe/Berlin.")] = "UTC",
    units: Annotated[str, typer.Option("--units", help="km or mi.")] = "km",
    birth_year: Annotated[int | None, typer.Option("--birth-year", min=1900, max=2100)] = None,
    sex: Annotated[str | None, typer.Option("--sex", help="female, male or other.")] = None,
    mass_kg: Annotated[float | None, typer.Option("--mass-kg", min=20, max=300)] = None,
    knee_injury: Annotated[
        list[str] | None,
        typer.Option("--knee-injury", help="FROM or FROM..TO, like 2025-11-03..2026-02-10; may be repeated."),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add an athlete. Only the name is needed; the rest sharpens the assessment."""
    from features.training_log import Athlete, Sex
    from pipelines.logbook.store import slug

    if units not in ("km", "mi"):
        raise KneewiseError(f"units are km or mi, not {units!r}.")
    if sex is not None and sex not in set(Sex):
        raise KneewiseError(f"sex is one of {', '.join(Sex)}, not {sex!r}.")
    athlete_id = slug(id or name)
    with opened(context, home) as found:
        added = found.logbook.add_athlete(
            Athlete(
                id=athlete_id,
                name=name,
                zone=zone,
                birth_year=birth_year,
                sex=Sex(sex) if sex else None,
                mass_kg=mass_kg,
                units=units,
                injuries=tuple(_knee_injury(athlete_id, told) for told in knee_injury or []),
            )
        )
    if json:
        show_json(_told(added))
        return
    say(f"Added {added.name} as {added.id!r}. Next: kneewise sync PATH --athlete {added.id}")


@app.command(name="list")
def list_(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Everyone, by id."""
    with opened(context, home) as found:
        everyone = found.logbook.athletes()
    if json:
        show_json([_told(athlete) for athlete in everyone])
        return
    show_table(
        {"id": "left", "name": "left", "zone": "left", "units": "left"},
        [(a.id, a.name, a.zone, a.units) for a in everyone],
        "No athlete yet. Add one: kneewise athlete add NAME",
    )


@app.command()
def show(
    context: typer.Context,
    athlete: Annotated[str | None, typer.Argument(help="Athlete, by id or name.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """One athlete's profile."""
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
    told = _told(person)
    if json:
        show_json(told)
        return
    for key, value in told.items():
        if key == "injuries":
            for injury in person.injuries:
                until = injury.ended_on or "today"
                say(f"{'injury':12} {injury.side or ''} {injury.body_part}, {injury.started_on} to {until}")
        else:
            say(f"{key:12} {'–' if value in (None, []) else value}")


def _told(athlete: Athlete) -> dict[str, Any]:
    return {**dataclasses.asdict(athlete), "equipment": sorted(athlete.equipment)}


def _knee_injury(athlete: str, told: str) -> Injury:
    from features.training_log import Injury

    first, _, last = told.partition("..")
    started, ended = a_day(first), a_day(last or None)
    assert started is not None
    if ended is not None and ended < started:
        raise KneewiseError(f"the injury {told!r} ends before it starts.")
    return Injury(athlete=athlete, body_part="knee", side=None, started_on=started, ended_on=ended)
