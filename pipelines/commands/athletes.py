"""``kneewise athlete``: add, list, show, edit; the self-check has a file of its own."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands import self_checking
from pipelines.commands.injury_words import ended, injury_of
from pipelines.commands.options import HomeOption, JsonOption, opened
from pipelines.commands.profile_words import FORGETTABLE, changes_of, forgotten, told_of
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete

BirthYearOption = Annotated[int | None, typer.Option("--birth-year", min=1900, max=2100)]
SexOption = Annotated[str | None, typer.Option("--sex", help="female, male or other.")]
WeekStartOption = Annotated[
    str | None, typer.Option("--week-start", help="The first day of your week: monday or sunday.")
]
ConditionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--condition",
        help="All that a clinician told of your joints: osteoarthritis, rheumatoid_arthritis, gout, "
        "other_inflammatory; may be repeated.",
    ),
]
RunnerSinceOption = Annotated[
    int | None, typer.Option("--runner-since", min=1900, max=2100, help="The year you began to run in.")
]
OtherSportsOption = Annotated[
    str | None, typer.Option("--other-sports", help="What else you do or did, in your own words.")
]
EquipmentOption = Annotated[
    list[str] | None,
    typer.Option("--equipment", help="All that is at hand for exercises: band, bike, step; may be repeated."),
]
MassOption = Annotated[float | None, typer.Option("--mass-kg", min=20, max=300)]
KneeInjuryOption = Annotated[
    list[str] | None,
    typer.Option("--knee-injury", help="FROM or FROM..TO, like 2025-11-03..2026-02-10; may be repeated."),
]

app = typer.Typer(no_args_is_help=True, help="Athletes: add, list, show, edit, check.")
app.command("check")(self_checking.check)


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The athlete's name.")],
    id: Annotated[str | None, typer.Option("--id", help="Short id; made from the name if not given.")] = None,
    zone: Annotated[str, typer.Option("--zone", help="Time zone, like Europe/Berlin.")] = "UTC",
    units: Annotated[str, typer.Option("--units", help="km or mi.")] = "km",
    week_start: WeekStartOption = None,
    birth_year: BirthYearOption = None,
    sex: SexOption = None,
    mass_kg: MassOption = None,
    condition: ConditionOption = None,
    runner_since: RunnerSinceOption = None,
    other_sports: OtherSportsOption = None,
    equipment: EquipmentOption = None,
    knee_injury: KneeInjuryOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add an athlete. Only the name is needed; the rest sharpens the assessment."""
    from features.training_log import Athlete
    from pipelines.logbook.store import slug

    told = {
        "units": units,
        "week_start": week_start,
        "birth_year": birth_year,
        "sex": sex,
        "mass_kg": mass_kg,
        "conditions": condition,
        "runner_since": runner_since,
        "other_sports": other_sports,
        "equipment": equipment,
    }
    profile = changes_of(told)
    athlete_id = slug(id or name)
    injuries = tuple(injury_of(athlete_id, f"knee {words}") for words in knee_injury or [])
    with opened(context, home) as found:
        added = found.logbook.add_athlete(Athlete(athlete_id, name, zone, **profile, injuries=injuries))
    if json:
        show_json(told_of(added))
        return
    say(f"Added {added.name} as {added.id!r}. Next: kneewise sync PATH --athlete {added.id}")


@app.command(name="list")
def list_(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Everyone, by id."""
    with opened(context, home) as found:
        everyone = found.logbook.athletes()
    if json:
        show_json([told_of(athlete) for athlete in everyone])
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
    week_start: WeekStartOption = None,
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
    condition: ConditionOption = None,
    runner_since: RunnerSinceOption = None,
    other_sports: OtherSportsOption = None,
    equipment: EquipmentOption = None,
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
    told = {
        "name": name,
        "zone": zone,
        "units": units,
        "week_start": week_start,
        "birth_year": birth_year,
        "sex": sex,
        "mass_kg": mass_kg,
        "resting_heart_rate_bpm": resting,
        "highest_heart_rate_bpm": highest,
        "conditions": condition,
        "runner_since": runner_since,
        "other_sports": other_sports,
        "equipment": equipment,
    }
    changes = changes_of(told) | forgotten(forget or [])
    injuries = [f"knee {told}" for told in knee_injury or []] + (injury or [])
    if not (changes or injuries or end_injury):
        raise KneewiseError("nothing to change. See: kneewise athlete edit --help")
    if name is not None and not name.strip():
        raise KneewiseError("a name needs at least one letter.")
    with opened(context, home) as found:
        person = dataclasses.replace(found.logbook.athlete(athlete), **changes)
        _check_heart_rates(person)
        # all is read before anything is stored
        put = [injury_of(person.id, words) for words in injuries]
        put += [ended(person, words) for words in end_injury or []]
        found.logbook.change_athlete(person)
        for one in put:
            found.logbook.put_injury(one)
        _show(found.logbook.athlete(person.id), json)


def _show(person: Athlete, json: bool) -> None:
    told = told_of(person)
    if json:
        show_json(told)
        return
    for key, value in told.items():
        if key == "injuries":
            for injury in person.injuries:
                until = injury.ended_on or "today"
                say(f"{'injury':22} {injury.side or ''} {injury.body_part}, {injury.started_on} to {until}")
        else:
            words = ", ".join(value) if isinstance(value, list) else value
            say(f"{key:22} {words or '–'}")


def _check_heart_rates(person: Athlete) -> None:
    lowest, highest = person.resting_heart_rate_bpm, person.highest_heart_rate_bpm
    if lowest is not None and highest is not None and lowest >= highest:
        raise KneewiseError(f"a resting heart rate of {lowest:g} is not below the highest, {highest:g}.")
