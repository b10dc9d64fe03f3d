"""``kneewise ostrc`` and ``rpe``: how the week and the runs felt. The next look at a week shows it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

DayOption = Annotated[str | None, typer.Option("--day", help="Day, like 2026-11-15; else today.")]
ANSWERS = (
    (
        "Taking part, in the last seven days, because of your knee",
        "0 fully, no problem; 8 fully, but with one; 17 reduced; 25 not at all",
    ),
    ("Training that you changed because of it", "0 none; 8 a little; 17 clearly; 25 greatly"),
    ("Performance that suffered from it", "0 not at all; 8 a little; 17 clearly; 25 greatly"),
    ("Knee pain", "0 none; 8 mild; 17 moderate; 25 severe"),
)


def ostrc(
    context: typer.Context,
    answers: Annotated[
        list[int] | None,
        typer.Argument(metavar="[TAKING-PART CHANGED PERFORMANCE PAIN]", help="Each 0, 8, 17 or 25."),
    ] = None,
    athlete: AthleteOption = None,
    day: DayOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """The weekly knee questionnaire (OSTRC-O2). Without answers: the questions, and what was told so far."""
    from features.ostrc import Ostrc
    from pipelines.logbook import questionnaires

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        if answers:
            today = found.settings.today_in(person.zone)
            when = a_day(day) or today
            if len(answers) != len(ANSWERS):
                raise KneewiseError(f"the questionnaire has {len(ANSWERS)} answers, got {len(answers)}.")
            if when > today:
                raise KneewiseError(f"{when} has not come yet.")
            try:
                questionnaires.put_ostrc(found.logbook, Ostrc(person.id, when, *answers))
            except ValueError as error:
                raise KneewiseError(f"{error}. See: kneewise ostrc") from error
        told = questionnaires.ostrc(found.logbook, person.id)
    if json:
        show_json([asdict(t) | {"severity": t.severity, "substantial": t.is_substantial} for t in told])
        return
    if not answers:
        for number, (question, choices) in enumerate(ANSWERS, 1):
            say(f"{number}. {question}: {choices}")
        say("Answer with: kneewise ostrc 0 8 0 8\n")
    show_table(
        {"day": "left", "answers": "left", "severity": "right", "": "left"},
        [
            (t.day, t.answers, t.severity, "substantial" if t.is_substantial else "a problem" * t.is_problem)
            for t in told
        ],
        "Nothing told yet.",
    )


def rpe(
    context: typer.Context,
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="The activity's id or its first letters, or `last`.")
    ],
    effort: Annotated[
        float | None, typer.Argument(metavar="[EFFORT]", min=0, max=10, help="0 = rest … 10 = all out.")
    ] = None,
    recovery: Annotated[
        float | None,
        typer.Option(
            "--recovery", min=0, max=10, help="How recovered you felt before: 0 = not … 10 = fully."
        ),
    ] = None,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Tell how hard a run was as a whole (session-RPE), best about half an hour after it, or how recovered
    you felt before it."""
    from pipelines import steps
    from pipelines.chosen_run import chosen_run
    from pipelines.logbook import efforts
    from reports.wording import Measure

    if effort is None and recovery is None:
        raise KneewiseError("give an effort from 0 to 10, a --recovery, or both.")
    with opened(context, home) as found:
        steps.catch_up(found)
        chosen = chosen_run(found.logbook, found.settings, run, athlete)
        efforts.tell(found.logbook, chosen.athlete, chosen.recordings, effort, recovery)
        units = found.logbook.athlete(chosen.athlete).units
    if json:
        show_json({"activity": chosen.id, "athlete": chosen.athlete, "rpe": effort, "recovery": recovery})
        return
    told = {"effort": effort, "recovery": recovery}
    said = ", ".join(f"{what} {value:g} of 10" for what, value in told.items() if value is not None)
    say(f"Noted: {said} for {Measure(units).distance(chosen.distance_m)} on {chosen.day}.")
