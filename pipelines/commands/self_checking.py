"""``kneewise athlete check``: a look at posture and alignment, kept with its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines import words
from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.self_check import Posture


def check(
    context: typer.Context,
    answers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUESTION=ANSWER…]", help="Like hips_level=yes feet_arched=no."),
    ] = None,
    athlete: AthleteOption = None,
    day: Annotated[str | None, typer.Option("--day", help="Day, like 2026-11-15; else today.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Look at your posture: hips, knees, back, feet. Without answers: the questions, and the last look."""
    from features.self_check import SelfCheck
    from pipelines.logbook import self_checks
    from reports import self_check as said

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        if answers:
            try:
                today = found.settings.today_in(person.zone)
                when = words.a_day(day, today) if day else today
                told = SelfCheck(person.id, when, dict(map(_answer, answers)))
            except ValueError as error:
                raise KneewiseError(f"{error}. See: kneewise athlete check") from error
            self_checks.put_self_check(found.logbook, told)
        looks = self_checks.self_checks(found.logbook, person.id)
    if json:
        show_json([{"athlete": look.athlete, "day": look.day, "answers": look.answers} for look in looks])
        return
    last = looks[-1] if looks else None
    show_table(
        {"": "left", "question": "left", f"on {last.day}" if last else "answer": "left"},
        [(name, question, said.answer(last, name)) for name, question in said.QUESTIONS.items()],
        "",
    )
    say(said.what_it_says())
    if not answers:
        say("Answer with: kneewise athlete check hips_level=yes feet_arched=no …")


def _answer(told: str) -> tuple[Posture, bool]:
    from features.self_check import Posture

    name, _, word = told.partition("=")
    question = words.one_of(Posture, "question", name)
    return question, words.truth(question, word.strip())
