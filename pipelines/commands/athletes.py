"""``kneewise athlete``: add, list, show, edit."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.options import HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete, Injury

FORGETTABLE = ("birth-year", "sex", "mass-kg", "resting-heart-rate", "highest-heart-rate", "equipment")
BirthYearOption = Annotated[int | None, typer.Option("--birth-year", min=1900, max=2100)]
SexOption = Annotated[str | None, typer.Option("--sex", help="female, male or other.")]
MassOption = Annotated[float | None, typer.Option("--mass-kg", min=20, max=300)]
KneeInjuryOption = Annotated[
    list[str] | None,
    typer.Option("--knee-injury", help="FROM or FROM..TO, like 2025-11-03..2026-02-10; may be repeated."),
]

app = typer.Typer(no_args_is_help=True, help="Athletes: add, list, show, edit.")


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The athlete's name.")],
    id: Annotated[str | None, typer.Option("--id", help="Short id; made from the name if not given.")] = None,
    zone: Annotated[str, typer.Option("--zone", help="Time zone, like Europe/Berlin.")] = "UTC",
    units: Annotated[str, typer.Option("--units", help="km or mi.")] = "km",
    birth_year: BirthYearOption = None,
    sex: SexOption = None,
    mass_kg: MassOption = None,
    knee_injury: KneeInjuryOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add an athlete. Only the name is needed; the rest sharpens the assessment."""
    from features.training_log import Athlete, Sex
    from pipelines.logbook.store import slug

    _check(units, sex)
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
                injuries=tuple(_injury(athlete_id, f"knee {told}") for told in knee_injury or []),
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
    _show(person, json)


@app.command()
def edit(
    context: typer.Context,
    athlete: Annotated[str | None, typer.Argument(help="Athlete, by id or name.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The id stays.")] = None,
    zone: Annotated[str | None, typer.Option("--zone", help="Time zone, like Europe/Berlin.")] = None,
    units: Annotated[str | None, typer.Option("--units", help="km or mi.")] = None,
    birth_year: BirthYearOption = None,
    sex: SexOption = None,
    mass_kg: MassOption = None,
    resting: Annotated[
        float | None,
        typer.Option("--resting-heart-rate", min=25, max=120, help="Beats a minute, lying still."),
    ] = None,
    highest: Annotated[
        float | None,
        typer.Option("--highest-heart-rate", min=100, max=240, help="Beats a minute, the most you know of."),
    ] = None,
    equipment: Annotated[
        list[str] | None,
        typer.Option("--equipment", help="All that is at hand for exercises, like band, bike."),
    ] = None,
    knee_injury: KneeInjuryOption = None,
    injury: Annotated[
        list[str] | None,
        typer.Option("--injury", help='Like "left achilles 2025-11-03..2026-02-10"; may be repeated.'),
    ] = None,
    end_injury: Annotated[
        list[str] | None,
        typer.Option("--end-injury", help='An injury that was still open ends, like "knee 2026-02-10".'),
    ] = None,
    forget: Annotated[
        list[str] | None, typer.Option("--forget", help=f"Not known any more: {', '.join(FORGETTABLE)}.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Change a profile. The next look at a week counts with it."""
    from features.training_log import Sex

    _check(units, sex)
    given: dict[str, Any] = {
        "name": name,
        "zone": zone,
        "units": units,
        "birth_year": birth_year,
        "sex": Sex(sex) if sex else None,
        "mass_kg": mass_kg,
        "resting_heart_rate_bpm": resting,
        "highest_heart_rate_bpm": highest,
        "equipment": frozenset(equipment) if equipment else None,
    }
    changes = {key: value for key, value in given.items() if value is not None} | _forgotten(forget or [])
    injuries = [f"knee {told}" for told in knee_injury or []] + (injury or [])
    if not (changes or injuries or end_injury):
        raise KneewiseError("nothing to change. See: kneewise athlete edit --help")
    if name is not None and not name.strip():
        raise KneewiseError("a name needs at least one letter.")
    with opened(context, home) as found:
        person = dataclasses.replace(found.logbook.athlete(athlete), **changes)
        _check_heart_rates(person)
        # all is read before anything is stored
        told = [_injury(person.id, words) for words in injuries]
        told += [_ended(person, words) for words in end_injury or []]
        found.logbook.change_athlete(person)
        for one in told:
            found.logbook.put_injury(one)
        _show(found.logbook.athlete(person.id), json)


def _show(person: Athlete, json: bool) -> None:
    told = _told(person)
    if json:
        show_json(told)
        return
    for key, value in told.items():
        if key == "injuries":
            for injury in person.injuries:
                until = injury.ended_on or "today"
                say(f"{'injury':22} {injury.side or ''} {injury.body_part}, {injury.started_on} to {until}")
        else:
            say(f"{key:22} {'–' if value in (None, []) else value}")


def _check(units: str | None, sex: str | None) -> None:
    from features.training_log import Sex

    if units not in (None, "km", "mi"):
        raise KneewiseError(f"units are km or mi, not {units!r}.")
    if sex is not None and sex not in set(Sex):
        raise KneewiseError(f"sex is one of {', '.join(Sex)}, not {sex!r}.")


def _check_heart_rates(person: Athlete) -> None:
    lowest, highest = person.resting_heart_rate_bpm, person.highest_heart_rate_bpm
    if lowest is not None and highest is not None and lowest >= highest:
        raise KneewiseError(f"a resting heart rate of {lowest:g} is not below the highest, {highest:g}.")


def _forgotten(names: list[str]) -> dict[str, object]:
    unknown = [name for name in names if name not in FORGETTABLE]
    if unknown:
        raise KneewiseError(f"{unknown[0]!r} cannot be forgotten; there are {', '.join(FORGETTABLE)}.")
    fields = {name: name.replace("-", "_") + "_bpm" * name.endswith("heart-rate") for name in names}
    return {field: frozenset() if name == "equipment" else None for name, field in fields.items()}


def _told(athlete: Athlete) -> dict[str, Any]:
    return {**dataclasses.asdict(athlete), "equipment": sorted(athlete.equipment)}


def _injury(athlete: str, told: str) -> Injury:
    """From ``left achilles 2025-11-03..2026-02-10``; side and end may be left out."""
    from features.training_log import Injury, Side

    *words, days = told.split()
    side = Side(words.pop(0).lower()) if words and words[0].lower() in set(Side) else None
    if not words:
        raise KneewiseError(f"{told!r} is not an injury; it looks like 'left knee 2025-11-03..2026-02-10'.")
    first, _, last = days.partition("..")
    started, ended = a_day(first), a_day(last or None)
    assert started is not None
    if ended is not None and ended < started:
        raise KneewiseError(f"the injury {told!r} ends before it starts.")
    return Injury(athlete, " ".join(words).lower(), side, started, ended)


def _ended(person: Athlete, told: str) -> Injury:
    """The open injury of ``knee 2026-02-10``, ended on that day."""
    ending = _injury(person.id, told)
    same_side = (None, ending.side)
    fitting = [
        injury
        for injury in person.injuries
        if injury.ended_on is None
        and injury.body_part == ending.body_part
        and (ending.side is None or injury.side in same_side)
    ]
    if len(fitting) != 1:
        raise KneewiseError(
            f"{person.id} has {len(fitting) or 'no'} open injuries that {told!r} may mean. "
            "See: kneewise athlete show"
        )
    if ending.started_on < fitting[0].started_on:
        raise KneewiseError(f"the injury that began on {fitting[0].started_on} cannot end before it.")
    return dataclasses.replace(fitting[0], ended_on=ending.started_on)
