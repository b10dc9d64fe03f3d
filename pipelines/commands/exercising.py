"""``kneewise exercise``: tell which exercises were done and how they felt, take it back, and see how far each has come."""

from __future__ import annotations

from dataclasses import asdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from datetime import date

    from features.training_log import Athlete
    from models.exercises import Exercise
    from models.progress import DoneExercise
    from pipelines.steps import Home

app = typer.Typer(no_args_is_help=True, help="Exercises that were done, and how they felt.")
NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="The exercise, or words of its name, like `squat`.")
]
DayOption = Annotated[str | None, typer.Option("--day", help="Day, like 2026-11-15; else today.")]


@app.command()
def done(
    context: typer.Context,
    name: NameArgument,
    day: DayOption = None,
    pain: Annotated[
        int | None, typer.Option("--pain", min=0, max=10, help="Knee pain while doing it, 0 to 10.")
    ] = None,
    next_morning: Annotated[
        int | None, typer.Option("--next-morning", min=0, max=10, help="Knee pain the next morning.")
    ] = None,
    sets: Annotated[int | None, typer.Option("--sets", min=1, help="Sets that you did, if others.")] = None,
    step: Annotated[
        int | None, typer.Option("--step", min=1, help="Step that you did, if not the planned one.")
    ] = None,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Tell that an exercise was done. Told again for the same day, it adds what was not told yet."""
    from models.progress import DoneExercise, progress
    from pipelines.logbook import exercises

    exercise = an_exercise(name)
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        today = found.settings.today_in(person.zone)
        when = a_day(day) or today
        if when > today:
            raise KneewiseError(f"{when} has not come yet.")
        if step is not None and step > len(exercise.steps):
            raise KneewiseError(f"{exercise.name} have {len(exercise.steps)} steps, not {step}.")
        planned = DoneExercise(
            person.id, when, exercise.id, step or _planned_step(found, person, exercise, when)
        )
        told = {"pain": pain, "pain_next_morning": next_morning, "sets": sets, "step": step}
        stored = exercises.put_done(found.logbook, planned, **told)
        state = progress(exercise, exercises.done_by(found.logbook, person.id), today)
    if json:
        show_json({**asdict(stored), "earned_step": state.step, "good_sessions": state.good})
        return
    from reports.exercise_words import noted

    say(noted(exercise, stored, state))


@app.command()
def undo(
    context: typer.Context,
    name: NameArgument,
    day: DayOption = None,
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Take back that an exercise was done on a day."""
    from pipelines.logbook import exercises

    exercise = an_exercise(name)
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        when = a_day(day) or found.settings.today_in(person.zone)
        if not exercises.take_back(found.logbook, person.id, exercise.id, when):
            raise KneewiseError(f"{exercise.name} were not told for {when}. See: kneewise exercise list")
    say(f"Taken back: {exercise.name} on {when}.")


@app.command("list")
def list_done(
    context: typer.Context, athlete: AthleteOption = None, json: JsonOption = False, home: HomeOption = None
) -> None:
    """What was done, oldest first, and how far each exercise has come."""
    from models.exercises import by_id
    from models.progress import progress
    from pipelines.logbook import exercises

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        today = found.settings.today_in(person.zone)
        sessions = exercises.done_by(found.logbook, person.id)
    names = dict.fromkeys(d.exercise for d in sessions)
    states = {name: progress(by_id()[name], sessions, today) for name in names}
    if json:
        show_json(
            {"done": [asdict(d) for d in sessions], "progress": {n: asdict(s) for n, s in states.items()}}
        )
        return
    show_table(
        {
            "day": "left",
            "exercise": "left",
            "step": "right",
            "sets": "right",
            "pain": "right",
            "next morning": "right",
        },
        [
            (d.day, by_id()[d.exercise].name, d.step, *map(_told, (d.sets, d.pain, d.pain_next_morning)))
            for d in sessions
        ],
        "No exercise told yet. Tell one with: kneewise exercise done NAME",
    )
    for name, state in states.items():
        from reports.exercise_words import standing

        say(standing(by_id()[name], state))


def an_exercise(text: str) -> Exercise:
    """By id, by name, or by words that only one has. Raises KneewiseError naming what there is."""
    from models.exercises import library

    wanted = _plain(text)
    names = {_plain(exercise.name): exercise for exercise in library()} | {
        _plain(exercise.id): exercise for exercise in library()
    }
    if wanted in names:
        return names[wanted]
    fitting = {exercise.id: exercise for name, exercise in names.items() if wanted and wanted in name}
    if len(fitting) == 1:
        return next(iter(fitting.values()))
    if fitting:
        raise KneewiseError(f"{text!r} fits several exercises: {', '.join(fitting)}.")
    near = get_close_matches(wanted, names, n=1)
    hint = f" Did you mean {names[near[0]].id}?" if near else ""
    raise KneewiseError(
        f"no exercise is called {text!r}.{hint} There are: {', '.join(e.id for e in library())}."
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


def _planned_step(found: Home, person: Athlete, exercise: Exercise, when: date) -> int:
    """The step of the plan that was given for that week, else the one that was earned by then."""
    from features.training_log import Week
    from models.progress import progress
    from pipelines.logbook import exercises

    plan = exercises.plan_of(found.logbook, person.id, Week.of(when, person.week_start).first_day)
    given = {e.exercise: e.step for e in plan.exercises} if plan is not None else {}
    sessions: tuple[DoneExercise, ...] = exercises.done_by(found.logbook, person.id)
    before = [d for d in sessions if d.day < when]
    return given.get(exercise.id) or progress(exercise, before, when).step


def _told(value: int | None) -> str:
    return "" if value is None else str(value)
