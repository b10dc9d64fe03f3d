"""``kneewise plan-check``: what a planned run would do to the level."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json
from pipelines.errors import KneewiseError

UNITS_M = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "ft": 0.3048}
LONGEST_M = 1_000_000.0
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def plan_check(
    context: typer.Context,
    distance: Annotated[str, typer.Option("--distance", help="How far, like 18km or 11mi.")],
    descent: Annotated[
        str | None, typer.Option("--descent", help="Metres or feet downhill, like 400m or 1300ft.")
    ] = None,
    day: Annotated[
        str, typer.Option("--day", help="When: a weekday (sat), a date, today or tomorrow.")
    ] = "today",
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What a planned run would do to the level, and why."""
    from models import envelope, risk, triage
    from pipelines import steps
    from pipelines.logbook import questionnaires
    from pipelines.model_in_use import learned_coefficients
    from pipelines.warehouse import reading, store
    from reports.plan_check import render_plan_check

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        today = found.settings.today_in(person.zone)
        run = envelope.PlannedRun(
            planned_day(day, today),
            a_length(distance, "km"),
            None if descent is None else a_length(descent, "m"),
        )
        steps.catch_up(found)
        with store.open_published(found.settings.published_path) as db:
            before, month = reading.planned_day(db, person.id, today, run.day)
        learned = learned_coefficients(found.settings)
        told = found.logbook.check_ins(person.id, date.min, today)
        answers = questionnaires.ostrc(found.logbook, person.id)
        felt = triage.triage(told, today, person.birth_year, answers)
    after = envelope.with_run(before, month, run)
    without, planned = risk.assess_days([before, after], [person] * 2, [felt] * 2, learned)
    longest_m = envelope.longest_that_keeps(before, month, person)
    if json:
        import dataclasses

        show_json(
            {
                "athlete": person.id,
                **dataclasses.asdict(run),
                "longest_that_keeps_m": longest_m,
                "without": dataclasses.asdict(without),
                "planned": dataclasses.asdict(planned),
            }
        )
        return
    say(render_plan_check(run, without, planned, longest_m, person))


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
