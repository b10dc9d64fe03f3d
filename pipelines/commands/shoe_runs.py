"""``kneewise shoes correct, assign, rule``: which runs were in which pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, metres, opened
from pipelines.commands.shoe_table import show_pairs
from pipelines.console import show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from pipelines.logbook.shoe_rules import ShoeRule
    from pipelines.logbook.store import Logbook
    from pipelines.steps import Home
    from reports.wording import Measure

rules_app = typer.Typer(no_args_is_help=True, help="Rules that say which runs are in which pair.")

NONE = "none"  # the word for a run in none of the athlete's pairs
SPORTS = ("running", "walking", "hiking")
SURFACES = ("hard", "firm", "natural", "track", "treadmill")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ShoeArgument = Annotated[str, typer.Argument(help="The pair, by id or name.")]
SubSportOption = Annotated[str | None, typer.Option("--sub-sport", help="Runs of this kind, like trail.")]
WeekdayOption = Annotated[
    int | None, typer.Option("--weekday", min=1, max=7, help="On this weekday, 1 = Monday.")
]


def correct(
    context: typer.Context,
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="The activity's id or its first letters, or `last`.")
    ],
    pairs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PAIR…]", help="The pair; several with shares, like red=0.6 blue=0.4; or none."
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take it back: export and rules count again.")] = False,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Say which pair a run was in, or which pairs, whatever rules and exports say."""
    from pipelines import steps
    from pipelines.chosen_run import chosen_run
    from pipelines.logbook import shoe_wear

    if bool(pairs) == undo:
        raise KneewiseError("say which pair: kneewise shoes correct RUN PAIR, or --undo.")
    with opened(context, home) as found:
        steps.catch_up(found)
        chosen = chosen_run(found.logbook, found.settings, run, athlete)
        if pairs:
            shares = _shares(found.logbook, chosen.athlete, pairs)
            shoe_wear.assign(found.logbook, chosen.athlete, chosen.recordings, shares)
        else:
            shoe_wear.unassign(found.logbook, chosen.athlete, chosen.recordings)
        show_pairs(found, chosen.athlete, json, f"Corrected the run of {chosen.day}.")


def assign(
    context: typer.Context,
    shoe: ShoeArgument,
    activities: Annotated[
        list[str] | None, typer.Argument(help="Activity ids (kneewise activities).")
    ] = None,
    athlete: AthleteOption = None,
    since: Annotated[
        str | None, typer.Option("--from", help="Instead of ids: all runs from this day …")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="… to this day, inclusive.")] = None,
    sub_sport: SubSportOption = None,
    weekday: WeekdayOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Say which runs were in a pair: single activities, or all runs of a time."""
    from pipelines import steps
    from pipelines.chosen_run import chosen_run
    from pipelines.logbook import shoe_rules, shoe_wear, shoes

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        pair = shoes.shoe(found.logbook, person.id, shoe)
        first, last = a_day(since), a_day(until)
        if activities and first is not None:
            raise KneewiseError("give activity ids or --from, not both.")
        if activities:
            steps.catch_up(found)
            chosen = [chosen_run(found.logbook, found.settings, run, person.id) for run in activities]
            recordings = [recording for run in chosen for recording in run.recordings]
            shoe_wear.assign(found.logbook, person.id, recordings, {pair.id: 1.0})
        elif first is not None:
            rule = shoe_rules.ShoeRule(person.id, pair.id, first, last, sub_sport, weekday)
            _add_rule(found.logbook, rule)
        else:
            raise KneewiseError("say which runs: activity ids, or --from DAY [--to DAY] [--sub-sport NAME].")
        show_pairs(found, person.id, json, f"Assigned to {pair.name!r}.")


@rules_app.command()
def add(
    context: typer.Context,
    shoe: ShoeArgument,
    since: Annotated[
        str | None, typer.Option("--from", help="First day, like 2026-11-01; else today.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, inclusive; else open.")] = None,
    sport: Annotated[
        str | None, typer.Option("--sport", help="running (if not given), walking or hiking.")
    ] = None,
    sub_sport: SubSportOption = None,
    surface: Annotated[
        str | None, typer.Option("--surface", help="Mostly on hard, firm, natural, track or treadmill.")
    ] = None,
    weekday: WeekdayOption = None,
    min_distance: Annotated[
        str | None, typer.Option("--min-distance", help="At least so far, like 15km.")
    ] = None,
    max_distance: Annotated[
        str | None, typer.Option("--max-distance", help="Less far than this, like 15km.")
    ] = None,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Runs that fit all of it are in that pair. Of several rules that fit, the one added last wins."""
    from pipelines.logbook import shoe_rules, shoes

    for what, word, words in (("sport", sport, SPORTS), ("surface", surface, SURFACES)):
        if word is not None and word not in words:
            raise KneewiseError(f"{word!r} is no {what} of a rule; there are {', '.join(words)}.")
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        pair = shoes.shoe(found.logbook, person.id, shoe)
        rule = shoe_rules.ShoeRule(
            athlete=person.id,
            shoe=pair.id,
            from_day=a_day(since) or found.settings.today_in(person.zone),
            to_day=a_day(until),
            sub_sport=sub_sport,
            weekday=weekday,
            sport=sport,
            surface=surface,
            min_distance_m=None if min_distance is None else metres(min_distance),
            max_distance_m=None if max_distance is None else metres(max_distance),
        )
        _add_rule(found.logbook, rule)
        _show_rules(found, person.id, json)


@rules_app.command(name="list")
def list_(
    context: typer.Context,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Every rule with its number, in the order added: the last one that fits a run wins."""
    with opened(context, home) as found:
        _show_rules(found, found.logbook.athlete(athlete).id, json)


@rules_app.command()
def remove(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The rule's number (kneewise shoes rule list).")],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", help="Its last day, else today; a day before its first takes the rule back whole."
        ),
    ] = None,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """End a rule. Runs until then stay in its pair."""
    from pipelines.logbook import shoe_rules

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        day = a_day(on) or found.settings.today_in(person.zone)
        shoe_rules.end_rule(found.logbook, person.id, number, day)
        _show_rules(found, person.id, json)


def show_worn(worn: Sequence[Mapping[str, Any]], measure: Measure) -> None:
    """The runs of a pair, and by which word each is in it."""
    show_table(
        {"day": "left", "activity": "left", "sport": "left", "distance": "right", "share": "right"}
        | {"because of": "left"},
        [
            (
                r["day"],
                r["activity"],
                r["sport"],
                measure.distance(r["distance_m"]),
                f"{r['share']:.0%}",
                r["matched_by"],
            )
            for r in worn
        ],
        "No run counts for it yet.",
    )


def _shares(logbook: Logbook, athlete: str, pairs: Sequence[str]) -> dict[str, float]:
    """Pair id → share of the run, from ``red=0.6 blue=0.4``, ``red``, or ``none``."""
    from pipelines.logbook import shoe_wear, shoes

    shares: dict[str, float] = {}
    for told in pairs:
        name, told_share, share = told.rpartition("=") if "=" in told else (told, "", "1")
        pair = shoe_wear.NO_SHOE if name == NONE else shoes.shoe(logbook, athlete, name).id
        if pair in shares:
            raise KneewiseError(f"{name!r} is named twice.")
        if not told_share and len(pairs) > 1:
            raise KneewiseError(f"{name!r} has no share; give each pair one, like red=0.6 blue=0.4")
        try:
            shares[pair] = float(share)
        except ValueError as error:
            raise KneewiseError(f"{share!r} is not a share; it looks like 0.6.") from error
    return shares


def _add_rule(logbook: Logbook, rule: ShoeRule) -> None:
    """Raises KneewiseError for a rule that no run can fit."""
    from pipelines.logbook import shoe_rules

    if rule.to_day is not None and rule.to_day < rule.from_day:
        raise KneewiseError(f"--to {rule.to_day} is before --from {rule.from_day}.")
    least, most = rule.min_distance_m, rule.max_distance_m
    if least is not None and most is not None and most <= least:
        raise KneewiseError("--max-distance is not above --min-distance: no run would fit.")
    shoe_rules.add_rule(logbook, rule)


def _show_rules(home: Home, athlete: str, json: bool) -> None:
    from dataclasses import asdict

    from pipelines.logbook import shoe_rules
    from reports.wording import Measure

    rules = shoe_rules.rules(home.logbook, athlete)
    if json:
        show_json([asdict(rule) for rule in rules])
        return
    measure = Measure(home.logbook.athlete(athlete).units)
    show_table(
        {"rule": "right", "pair": "left", "from": "left", "to": "left", "runs": "left"},
        [(r.id, r.shoe, r.from_day, r.to_day, _conditions(r, measure)) for r in rules],
        "No rules yet. Add one: kneewise shoes rule add PAIR",
    )


def _conditions(rule: ShoeRule, measure: Measure) -> str:
    """``trail, on Saturday, from 15.0 km``; ``all`` where there are none."""
    told = [
        rule.sport if rule.sport not in (None, "running") else None,
        rule.sub_sport,
        rule.surface and f"mostly {rule.surface}",
        rule.weekday and f"on {WEEKDAYS[rule.weekday - 1]}",
        rule.min_distance_m is not None and f"from {measure.distance(rule.min_distance_m)}",
        rule.max_distance_m is not None and f"below {measure.distance(rule.max_distance_m)}",
    ]
    return ", ".join(str(word) for word in told if word) or "all"
