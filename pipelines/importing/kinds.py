"""The kinds of lists there are, each with its columns: the logbook's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from features import evidence
from features.ostrc import SCALE, Ostrc
from features.training_log import Athlete, Injury, Shoe, Side
from pipelines import words
from pipelines.check_in_words import COLUMNS, check_in_of
from pipelines.importing.efforts import efforts
from pipelines.importing.lines import Kind
from pipelines.logbook import questionnaires
from pipelines.logbook import shoes as shoe_book
from pipelines.logbook.store import slug
from pipelines.steps import Home

FARTHEST_M, LONGEST_DAYS = 1e7, 36_500
SHOE_WORDS: dict[str, Callable[[str], Any]] = {
    "initial_distance_m": lambda word: words.number("initial_distance_m", word, 0, FARTHEST_M),
    "limit_m": lambda word: words.number("limit_m", word, 1, FARTHEST_M),
    "limit_days": lambda word: words.whole_number("limit_days", word, 1, LONGEST_DAYS),
    "retired_on": words.a_day,
}
ANSWERS = ("participation", "modification", "performance", "pain")


def check_ins(home: Home, person: Athlete) -> Kind[Any]:
    today = home.settings.today_in(person.zone)
    return Kind(
        columns=COLUMNS,
        needed=("day",),
        read=lambda told: check_in_of(person.id, told, today),
        key=lambda check_in: check_in.day,
        known={c.day: c for c in home.logbook.check_ins(person.id, date.min, date.max)},
        store=home.logbook.put_check_ins,
    )


def ostrc(home: Home, person: Athlete) -> Kind[Any]:
    today = home.settings.today_in(person.zone)

    def read(told: Mapping[str, str]) -> Ostrc:
        answers = [words.whole_number(name, told[name], 0, max(SCALE)) for name in ANSWERS]
        return Ostrc(person.id, words.a_day(told["day"], today), *answers)

    return Kind(
        columns=("day", *ANSWERS),
        needed=("day", *ANSWERS),
        read=read,
        key=lambda answers: answers.day,
        known={told.day: told for told in questionnaires.ostrc(home.logbook, person.id)},
        store=lambda told: questionnaires.put_all(home.logbook, told),
    )


def shoes(home: Home, person: Athlete) -> Kind[Any]:
    """A pair is known by its id, else by its name; what a line does not tell of it stays."""
    today = home.settings.today_in(person.zone)
    known: dict[object, Shoe] = {pair.id: pair for pair in shoe_book.shoes(home.logbook, person.id)}
    ids = {pair.name: pair.id for pair in known.values()}

    def read(told: Mapping[str, str]) -> Shoe:
        pair_id = told.get("id") or ids.get(told["name"]) or slug(told["name"])
        usual = Shoe(
            *(slug(pair_id), person.id, told["name"], words.a_day(told["bought_on"], today)),
            limit_m=evidence.value("shoe_limit_m"),
            limit_days=round(evidence.value("shoe_limit_days")),
        )
        pair = replace(known.get(usual.id, usual), name=usual.name, bought_on=usual.bought_on)
        pair = replace(pair, **{name: SHOE_WORDS[name](told[name]) for name in SHOE_WORDS if name in told})
        if pair.retired_on and not pair.bought_on <= pair.retired_on <= today:
            raise ValueError(f"retired_on {pair.retired_on} is not between bought_on and today")
        return pair

    return Kind(
        columns=("id", "name", "bought_on", *SHOE_WORDS),
        needed=("name", "bought_on"),
        read=read,
        key=lambda pair: pair.id,
        known=known,
        store=lambda pairs: shoe_book.put_shoes(home.logbook, pairs),
    )


def injuries(home: Home, person: Athlete) -> Kind[Any]:
    """An injury is known by body part, side and first day; what a line does not tell of it stays."""
    today = home.settings.today_in(person.zone)

    def key(injury: Injury) -> object:
        return injury.body_part, injury.side, injury.started_on

    known = {key(injury): injury for injury in person.injuries}

    def read(told: Mapping[str, str]) -> Injury:
        side = words.one_of(Side, "side", told["side"]) if "side" in told else None
        injury = Injury(person.id, told["body_part"].lower(), side, words.a_day(told["started_on"], today))
        injury = known.get(key(injury), injury)
        if "ended_on" in told:
            injury = replace(injury, ended_on=words.a_day(told["ended_on"], today))
        if injury.ended_on and injury.ended_on < injury.started_on:
            raise ValueError(f"ended_on {injury.ended_on} is before started_on {injury.started_on}")
        return replace(injury, note=told.get("note", injury.note))

    return Kind(
        columns=("body_part", "side", "started_on", "ended_on", "note"),
        needed=("body_part", "started_on"),
        read=read,
        key=key,
        known=known,
        store=home.logbook.put_injuries,
    )


KINDS: dict[str, Callable[[Home, Athlete], Kind[Any]]] = {
    "checkins": check_ins,
    "rpe": efforts,
    "ostrc": ostrc,
    "shoes": shoes,
    "injuries": injuries,
}
