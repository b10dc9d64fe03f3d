"""``kneewise shoes``: pairs added, looked at, changed, retired and brought back; their runs are in ``shoe_runs``."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands import shoe_runs
from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, metres, opened
from pipelines.commands.shoe_table import pair_keys, pair_states, show_pairs
from pipelines.console import say, show_json
from pipelines.errors import KneewiseError

app = typer.Typer(no_args_is_help=True, help="Shoes: pairs, which runs they were in, and when to check them.")
app.command("correct")(shoe_runs.correct)
app.command("assign")(shoe_runs.assign)
app.add_typer(shoe_runs.rules_app, name="rule")

DAYS_PER_MONTH = 365.25 / 12
ShoeArgument = Annotated[str, typer.Argument(help="The pair, by id or name.")]
LimitOption = Annotated[str | None, typer.Option("--limit", help="Remind at this distance, like 600km.")]
MonthsOption = Annotated[
    float | None, typer.Option("--months", min=0.5, max=600, help="Remind at this age, like 6.")
]


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What you call the pair.")],
    athlete: AthleteOption = None,
    bought: Annotated[str | None, typer.Option("--bought", help="Day, like 2026-04-02; else today.")] = None,
    start: Annotated[str, typer.Option("--start", help="Distance already on the pair, like 120km.")] = "0km",
    limit: LimitOption = None,
    months: MonthsOption = None,
    default: Annotated[
        bool, typer.Option("--default/--no-default", help="Count all runs from that day in this pair.")
    ] = True,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add a pair. From the day it was bought, runs count in it unless another rule says otherwise."""
    from features import evidence
    from features.training_log import Shoe
    from pipelines.logbook import shoe_rules, shoes
    from pipelines.logbook.store import slug

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        day = a_day(bought) or found.settings.today_in(person.zone)
        pair = Shoe(
            id=slug(name),
            athlete=person.id,
            name=name,
            bought_on=day,
            initial_distance_m=metres(start),
            limit_m=evidence.value("shoe_limit_m") if limit is None else _limit_m(limit),
            limit_days=round(
                evidence.value("shoe_limit_days") if months is None else months * DAYS_PER_MONTH
            ),
        )
        shoes.add_shoe(found.logbook, pair)
        if default:
            shoe_rules.add_rule(found.logbook, shoe_rules.ShoeRule(person.id, pair.id, day))
        show_pairs(found, person.id, json, f"Added {pair.name!r} as {pair.id!r}.")


@app.command(name="list")
def list_(
    context: typer.Context,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Each pair with its distance, age and limits, its part of the last 28 days, and when to check it."""
    with opened(context, home) as found:
        show_pairs(found, found.logbook.athlete(athlete).id if athlete else None, json)


@app.command()
def show(
    context: typer.Context,
    shoe: ShoeArgument,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """One pair in full, with the runs that count for it and why they do."""
    from pipelines.logbook import shoes
    from pipelines.warehouse import reading, store
    from reports import wording
    from reports.shoe_life import ShoeLife
    from reports.wording import Measure

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        pair = shoes.shoe(found.logbook, person.id, shoe)
        state = next((s for s in pair_states(found, person.id) if s.shoe == pair), None)
        if state is None:
            raise KneewiseError(f"{pair.name!r} was bought on {pair.bought_on}: nothing is known of it yet.")
        with store.open_published(found.settings.published_path) as db:
            worn = reading.rows(db, "shoe_runs", {"athlete": person.id, "shoe": pair.id})
    if json:
        show_json(pair_keys(state) | {"worn": worn})
        return
    life, measure = ShoeLife(state), Measure(person.units)
    say(f"{pair.name}, since {wording.long_date(pair.bought_on)}: {life.standing(measure)}.")
    say(life.outlook(measure))
    shoe_runs.show_worn(worn, measure)


@app.command()
def edit(
    context: typer.Context,
    shoe: ShoeArgument,
    athlete: AthleteOption = None,
    name: Annotated[str | None, typer.Option("--name", help="Call it so; its id stays.")] = None,
    bought: Annotated[str | None, typer.Option("--bought", help="Day, like 2026-04-02.")] = None,
    start: Annotated[str | None, typer.Option("--start", help="Distance on it when it was added.")] = None,
    limit: LimitOption = None,
    months: MonthsOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Change what was said of a pair. Reminders of a raised limit come again when it is reached."""
    from dataclasses import replace

    from pipelines.logbook import shoes
    from pipelines.telling.limits_changed import forget_stages_undone

    if name is not None and not name.strip():
        raise KneewiseError("a name needs at least one letter.")
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        pair = shoes.shoe(found.logbook, person.id, shoe)
        changed = replace(
            pair,
            name=name or pair.name,
            bought_on=a_day(bought) or pair.bought_on,
            initial_distance_m=pair.initial_distance_m if start is None else metres(start),
            limit_m=pair.limit_m if limit is None else _limit_m(limit),
            limit_days=pair.limit_days if months is None else round(months * DAYS_PER_MONTH),
        )
        if changed == pair:
            raise KneewiseError("nothing to change: give --name, --bought, --start, --limit or --months.")
        if pair.retired_on is not None and changed.bought_on > pair.retired_on:
            raise KneewiseError(
                f"{pair.name!r} was retired on {pair.retired_on}, before {changed.bought_on}."
            )
        shoes.change_shoe(found.logbook, changed)
        forget_stages_undone(found.logbook, changed, pair_states(found, person.id))
        show_pairs(found, person.id, json, f"Changed {changed.name!r}.")


@app.command()
def retire(
    context: typer.Context,
    shoe: ShoeArgument,
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
        show_pairs(found, person.id, json, f"Retired {pair.name!r} on {day}.")


@app.command()
def unretire(
    context: typer.Context,
    shoe: ShoeArgument,
    athlete: AthleteOption = None,
    since: Annotated[
        str | None, typer.Option("--from", help="First day in use again, like 2026-11-02; else today.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Use a retired pair again. Runs in between stay where they are, unless --from is the day after it retired."""
    from pipelines.logbook import shoes

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        pair = shoes.shoe(found.logbook, person.id, shoe)
        day = a_day(since) or found.settings.today_in(person.zone)
        shoes.bring_back(found.logbook, pair, day)
        show_pairs(found, person.id, json, f"{pair.name!r} is in use again from {day}.")


def _limit_m(text: str) -> float:
    limit_m = metres(text)
    if limit_m <= 0:
        raise KneewiseError(f"a limit is above 0, got {text!r}; for no reminder, give one far away.")
    return limit_m
