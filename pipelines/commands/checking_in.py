"""``kneewise checkin``: how the knee felt, told, added to, listed and deleted."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, only_alone, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from datetime import date

    from features.training_log import Athlete, CheckIn
    from pipelines.steps import Home

app = typer.Typer(invoke_without_command=True, help="Tell how the knee feels; list and delete what was told.")
DayOption = Annotated[str | None, typer.Option("--day", help="Day, like 2026-11-15; else today.")]


@app.callback()
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
    add: Annotated[
        bool, typer.Option("--add", help="Keep what was told for that day, and add this to it.")
    ] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Tell how the knee feels. A second check-in for a day replaces the first, or adds to it with --add."""
    from pipelines import steps

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
    if not only_alone(context, athlete=athlete, day=day, json=json, add=add, **told):
        return
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        when = a_day(day) or found.settings.today_in(person.zone)
        check_in = _check_in(found, person, when, told, add)
        found.logbook.put_check_in(check_in)
        steps.deliver_check_ins(found, person)
        _answer(found, person, check_in, json)


@app.command(name="list")
def list_(
    context: typer.Context,
    athlete: AthleteOption = None,
    since: Annotated[str | None, typer.Option("--since", help="First day; else all.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day; else today.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What was told, oldest first."""
    from datetime import date

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        first, last = a_day(since) or date.min, a_day(until) or date.max
        told = found.logbook.check_ins(person.id, first, last)
    if json:
        show_json([asdict(check_in) for check_in in told])
        return
    columns = ("day", "running", "after", "morning", "side", "onset", "symptoms", "weight", "blow", "note")
    show_table(dict.fromkeys(columns, "left"), [_cells(c) for c in told], "Nothing told.")


@app.command()
def delete(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DAY", help="Like 2026-11-15.")],
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Delete what was told for one day, as if it had never been."""
    with opened(context, home) as found:
        person, when = found.logbook.athlete(athlete), a_day(day)
        assert when is not None
        if not found.logbook.drop_check_in(person.id, when):
            raise KneewiseError(f"{person.id} has no check-in of {when}. See: kneewise checkin list")
    say(f"Deleted the check-in of {when}. The next look at a week counts without it.")


def _check_in(home: Home, person: Athlete, day: date, told: dict[str, str], add: bool) -> CheckIn:
    from pipelines.check_in_words import added, check_in_of

    before = home.logbook.check_ins(person.id, day, day) if add else ()
    try:
        check_in = check_in_of(person.id, {"day": str(day), **told}, home.settings.today_in(person.zone))
    except ValueError as error:
        raise KneewiseError(f"{error}. See: kneewise checkin --help") from error
    return added(before[0], check_in) if before else check_in


def _answer(home: Home, person: Athlete, stored: CheckIn, json: bool) -> None:
    """What was stored, and what it asks for at once: red flags do not wait for the next report."""
    from models.triage import triage
    from pipelines.logbook import questionnaires
    from reports import sentences

    today = home.settings.today_in(person.zone)
    told = home.logbook.check_ins(person.id, stored.day.min, today)
    state = triage(told, today, person.birth_year, questionnaires.ostrc(home.logbook, person.id))
    if json:
        show_json({"stored": [asdict(stored)], "pain_state": state.pain_state, "red_flags": state.red_flags})
        return
    say(f"Noted for {stored.day}.")
    if state.red_flags:
        say(" ".join(sentences.RED_FLAGS[code][0] for code in state.red_flags))
        stop, _, if_worse = sentences.RED_FLAG_STEPS
        say(f"{sentences.red_flag_opening(state.red_flags)} {stop} {if_worse}")
    else:
        say(sentences.PAIN_STATES[state.pain_state])


def _cells(c: CheckIn) -> tuple[object, ...]:
    pains = (c.pain_running, c.pain_after, c.pain_next_morning)
    truths = ("" if t is None else _yes_or_no(t) for t in (c.can_bear_weight, c.after_trauma))
    return (c.day, *pains, c.side, c.onset, ", ".join(sorted(c.symptoms)), *truths, c.note)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _yes_or_no(told: bool | None) -> str:
    return "" if told is None else ("yes" if told else "no")
