"""A knee check-in from words: the options of a command, or the cells of a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

from features.training_log import CheckIn, Onset, Side, Symptom
from pipelines import words

PAINS = ("pain_running", "pain_after", "pain_next_morning")
TRUTHS = ("can_bear_weight", "after_trauma")
COLUMNS = ("day", *PAINS, "side", "onset", "symptoms", *TRUTHS, "note")


def check_in_of(athlete: str, told: Mapping[str, str], today: date) -> CheckIn:
    """A check-in from words by the names of ``COLUMNS``; symptoms are separated by semicolons.

    Raises ValueError for what cannot be so.
    """
    given = {name: word.strip() for name, word in told.items() if word.strip()}
    day = words.a_day(given.pop("day", ""), today)
    if not given:
        raise ValueError("nothing is told but the day; no pain is 0")
    pains = {name: words.whole_number(name, given[name], 0, 10) for name in PAINS if name in given}
    truths = {name: words.truth(name, given[name]) for name in TRUTHS if name in given}
    return CheckIn(
        athlete=athlete,
        day=day,
        pain_running=pains.get("pain_running"),
        pain_after=pains.get("pain_after"),
        pain_next_morning=pains.get("pain_next_morning"),
        side=words.one_of(Side, "side", given["side"]) if "side" in given else None,
        onset=words.one_of(Onset, "onset", given["onset"]) if "onset" in given else None,
        symptoms=words.all_of(Symptom, "symptom", given.get("symptoms", "").replace(",", ";").split(";")),
        can_bear_weight=truths.get("can_bear_weight"),
        after_trauma=truths.get("after_trauma"),
        note=given.get("note"),
    )


def added(before: CheckIn, more: CheckIn) -> CheckIn:
    """What was told of the day, with what is told now: a number or word told again is the new one, symptoms
    come on top."""
    told = {f.name: getattr(more, f.name) for f in fields(CheckIn) if getattr(more, f.name) is not None}
    return replace(before, **told | {"symptoms": before.symptoms | more.symptoms})
