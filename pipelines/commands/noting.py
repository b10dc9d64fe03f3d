"""``kneewise checkin``, ``ostrc`` and ``rpe``: how the knee and the runs felt. The next look at a week shows it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from features.training_log import Athlete, CheckIn
    from pipelines.steps import Home

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


def checkin(
    context: typer.Context,
    athlete: AthleteOption = None,
    day: DayOption = None,
    running: Annotated[
        int | None, typer.Option("--running", min=0, max=10, help="Pain while running, 0 to 10.")
    ] = None,
    after: Annotated[
        int | None, typer.Option("--after", min=0, max=10, help="Pain in the hours after.")
    ] = None,
    morning: Annotated[
        int | None, typer.Option("--morning", min=0, max=10, help="Pain the next morning.")
    ] = None,
    side: Annotated[str | None, typer.Option("--side", help="left, right or both.")] = None,
    onset: Annotated[str | None, typer.Option("--onset", help="sudden or gradual.")] = None,
    symptom: Annotated[
        list[str] | None, typer.Option("--symptom", help="Like swelling, locking; may be repeated.")
    ] = None,
    weight: Annotated[
        bool | None, typer.Option("--weight/--no-weight", help="The leg takes your weight, or does not.")
    ] = None,
    trauma: Annotated[
        bool | None, typer.Option("--trauma/--no-trauma", help="It began with a fall, a blow or a twist.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="In your own words.")] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Instead: many check-ins from a file, all or none.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Tell how the knee feels. A second check-in for a day replaces the first."""
    from pipelines import steps
    from pipelines.check_in_list import check_in_of, read_check_ins

    told = {
        "pain_running": _text(running),
        "pain_after": _text(after),
        "pain_next_morning": _text(morning),
        "side": side or "",
        "onset": onset or "",
        "symptoms": ";".join(symptom or ()),
        "can_bear_weight": _yes_or_no(weight),
        "after_trauma": _yes_or_no(trauma),
        "note": note or "",
    }
    if csv is not None and (day or any(told.values())):
        raise KneewiseError("give --csv FILE or one check-in's options, not both.")
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        today = found.settings.today_in(person.zone)
        if csv is not None:
            check_ins = read_check_ins(csv, person.id, today)
        else:
            try:
                check_ins = [check_in_of(person.id, {"day": str(a_day(day) or today), **told}, today)]
            except ValueError as error:
                raise KneewiseError(f"{error}. See: kneewise checkin --help") from error
        found.logbook.put_check_ins(check_ins)
        steps.deliver_check_ins(found, person)
        _show_check_ins(found, person, check_ins, json)


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
        float, typer.Argument(metavar="EFFORT", min=0, max=10, help="0 = rest … 10 = all out.")
    ],
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
    """Tell how hard a run was as a whole (session-RPE), best about half an hour after it."""
    from pipelines import steps
    from pipelines.chosen_run import chosen_run
    from pipelines.logbook import efforts
    from reports.wording import Measure

    with opened(context, home) as found:
        steps.catch_up(found)
        chosen = chosen_run(found.logbook, found.settings, run, athlete)
        efforts.tell(found.logbook, chosen.athlete, chosen.recordings, effort, recovery)
        units = found.logbook.athlete(chosen.athlete).units
    if json:
        show_json({"activity": chosen.id, "athlete": chosen.athlete, "rpe": effort, "recovery": recovery})
        return
    say(f"Noted: effort {effort:g} of 10 for {Measure(units).distance(chosen.distance_m)} on {chosen.day}.")


def _show_check_ins(home: Home, person: Athlete, check_ins: Sequence[CheckIn], json: bool) -> None:
    """What was stored, and what it asks for at once: red flags do not wait for the next report."""
    from models.triage import triage
    from pipelines.logbook import questionnaires
    from reports import sentences

    today = home.settings.today_in(person.zone)
    told = home.logbook.check_ins(person.id, check_ins[0].day.min, today)
    state = triage(told, today, person.birth_year, questionnaires.ostrc(home.logbook, person.id))
    if json:
        stored = [asdict(check_in) for check_in in check_ins]
        show_json({"stored": stored, "pain_state": state.pain_state, "red_flags": state.red_flags})
        return
    say(f"Noted: {len(check_ins)} check-ins." if len(check_ins) > 1 else f"Noted for {check_ins[0].day}.")
    if state.red_flags:
        say(" ".join(sentences.RED_FLAGS[code][0] for code in state.red_flags))
        stop, _, if_worse = sentences.RED_FLAG_STEPS
        say(f"{sentences.red_flag_opening(state.red_flags)} {stop} {if_worse}")
    else:
        say(sentences.PAIN_STATES[state.pain_state])


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _yes_or_no(told: bool | None) -> str:
    return "" if told is None else ("yes" if told else "no")
