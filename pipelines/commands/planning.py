"""``kneewise plan`` and ``plan-check``: the week to come, and what a planned run would do to the level."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete, Week
    from models.envelope import PlannedRun
    from models.verdict import Plan
    from pipelines.looking_ahead import LookAhead
    from pipelines.steps import Home

UNITS_M = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "ft": 0.3048}
LONGEST_M = 1_000_000.0
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def plan(
    context: typer.Context,
    athlete: AthleteOption = None,
    why: Annotated[
        bool, typer.Option("--why", help="Also how each exercise was chosen, and why the others were not.")
    ] = False,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Also write it as a calendar file.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """The plan of this week: training changes first, then exercises by day, their load, and when to stop."""
    from pipelines import steps
    from pipelines.coming_week import coming_plan
    from pipelines.warehouse import store
    from reports.plan_text import plan_facts, render_plan

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        steps.catch_up(found)
        with store.open_published(found.settings.published_path) as db:
            week, planned, felt = coming_plan(found.settings, found.logbook, db, person)
        if ics is not None:
            _write_calendar(ics, planned, person, week, found.settings.now())
    if json:
        show_json({"athlete": person.id, "week": str(week), **plan_facts(planned, felt)})
        return
    say(render_plan(planned, felt, person, week, why))
    if ics is not None:
        say(f"Written: {ics}")


def _write_calendar(path: Path, planned: Plan, person: Athlete, week: Week, now: datetime) -> None:
    from reports.calendar_file import calendar_of

    content = calendar_of(planned, person, week, now)
    if content is None:
        raise KneewiseError("there is nothing to put into a calendar this week. See: kneewise plan")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise KneewiseError(f"{path} cannot be written ({error.strerror}).") from error


def plan_check(
    context: typer.Context,
    distance: Annotated[str, typer.Option("--distance", help="How far, like 18km or 11mi.")],
    descent: Annotated[
        str | None, typer.Option("--descent", help="Metres or feet downhill, like 400m or 1300ft.")
    ] = None,
    day: Annotated[
        str, typer.Option("--day", help="When: a weekday (sat), a date, today or tomorrow.")
    ] = "today",
    keep: Annotated[
        bool | None,
        typer.Option("--keep/--forget", help="Keep the plan, to be warned of it; or take back that day's."),
    ] = None,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What a planned run would do to the level, and why.

    A plan that is kept brings a warning if it would raise the level; the last one for a day counts.
    """
    from models import envelope
    from pipelines import steps
    from pipelines.looking_ahead import look_ahead
    from pipelines.warehouse import store
    from reports.plan_check import render_plan_check

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        run = envelope.PlannedRun(
            planned_day(day, found.settings.today_in(person.zone)),
            a_length(distance, "km"),
            None if descent is None else a_length(descent, "m"),
        )
        steps.catch_up(found)
        with store.open_published(found.settings.published_path) as db:
            ahead = look_ahead(found, db, person, run)
        if keep is not None:
            _remember(found, person, run, keep)
    if json:
        _show(ahead)
        return
    say(render_plan_check(run, ahead.without, ahead.planned, ahead.longest_that_keeps_m, person))


def _remember(home: Home, athlete: Athlete, run: PlannedRun, keep: bool) -> None:
    from pipelines.logbook import planned_runs

    if not keep:
        planned_runs.drop(home.logbook, athlete.id, run.day)
    elif run.distance_m > 0:
        planned_runs.keep(home.logbook, athlete.id, run)
    else:
        raise KneewiseError("a run of no distance cannot be kept. To take a plan back: --forget")


def _show(ahead: LookAhead) -> None:
    import dataclasses

    show_json(
        {
            "athlete": ahead.planned.athlete,
            **dataclasses.asdict(ahead.run),
            "longest_that_keeps_m": ahead.longest_that_keeps_m,
            "without": dataclasses.asdict(ahead.without),
            "planned": dataclasses.asdict(ahead.planned),
        }
    )


def a_length(text: str, bare_unit: str) -> float:
    """Metres from ``18km``, ``11mi``, ``400m`` or ``1300ft``; a bare number is in ``bare_unit``.

    Raises KneewiseError.
    """
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(km|mi|m|ft)?", text.strip().lower())
    if match is None:
        raise KneewiseError(f"{text!r} is not a length; it looks like 18km, 11mi, 400m or 1300ft.")
    metres = float(match[1].replace(",", ".")) * UNITS_M[match[2] or bare_unit]
    if metres > LONGEST_M:
        raise KneewiseError(f"{text!r} is longer than any run. Is the unit right?")
    return metres


def planned_day(text: str, today: date) -> date:
    """The coming day called so, today included. Raises KneewiseError for one that is over or too far ahead."""
    from features import evidence

    word = text.strip().lower()
    ahead = {"today": 0, "tomorrow": 1}.get(word)
    fitting = [number for number, name in enumerate(WEEKDAYS) if len(word) >= 2 and name.startswith(word)]
    if ahead is None and fitting:
        ahead = (fitting[0] - today.weekday()) % 7
    day = a_day(text) if ahead is None else today + timedelta(days=ahead)
    if day is None or day < today:
        raise KneewiseError(f"{text!r} is over. A plan is for today or a day to come.")
    window = int(evidence.value("spike_window_days"))
    if (day - today).days >= window:
        raise KneewiseError(f"{text!r} is too far ahead: a run is compared with the {window} days before it.")
    return day
