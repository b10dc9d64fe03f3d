"""Answers for the shoe pages: the logbook's pairs and rules, with what the published copy has counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from features import evidence
from features.training_log import Athlete, Shoe, ShoeDay
from pipelines.logbook import shoe_rules
from pipelines.logbook import shoes as book
from pipelines.logbook.store import slug
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from pipelines.telling.limits_changed import forget_stages_undone
from pipelines.warehouse import reading
from pipelines.words import a_day, number
from reports.dashboard.ports.shoes import Pairs, Rule, Worn
from reports.dashboard.refusals import Refused
from reports.wording import Measure

DAYS_PER_MONTH = 365.25 / 12
RUNS_SHOWN = 100
FARTHEST = 100_000  # no pair of shoes gets there, in any unit
SURFACES = ("hard", "firm", "natural", "track", "treadmill")
SPORTS = ("running", "walking", "hiking")


class Shoes:
    """Implements ``reports.dashboard.ports.shoes.ShoePort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def pairs(self, athlete: str) -> Pairs:
        person = self._reach.logbook.athlete(athlete)
        shoes = book.shoes(self._reach.logbook, athlete)
        rules = tuple(_rule(rule) for rule in shoe_rules.rules(self._reach.logbook, athlete))
        states = {state.shoe.id: state for state in self._states(person, shoes)}
        return Pairs(person, self._today(person), shoes, states, rules)

    def worn(self, athlete: str, shoe: str) -> tuple[Worn, ...]:
        if self._reach.published.identity() is None:
            return ()
        with self._reach.published.reading() as db:
            rows = reading.rows(db, "shoe_runs", {"athlete": athlete, "shoe": shoe})[:RUNS_SHOWN]
        return tuple(
            Worn(r["activity"], r["day"], r["distance_m"], r["share"], str(r["matched_by"])) for r in rows
        )

    def add(self, athlete: str, words: Mapping[str, str]) -> None:
        person = self._reach.logbook.athlete(athlete)
        name = words.get("name", "")
        with as_refusal():
            pair = self._told(person, Shoe(slug(name), athlete, name, self._today(person)), words)
            book.add_shoe(self._reach.logbook, pair)
        if words.get("default"):
            rule = shoe_rules.ShoeRule(athlete, pair.id, pair.bought_on)
            shoe_rules.add_rule(self._reach.logbook, rule)
        self._reach.wake()

    def change(self, athlete: str, shoe: str, words: Mapping[str, str]) -> None:
        person = self._reach.logbook.athlete(athlete)
        with as_refusal():
            pair = book.shoe(self._reach.logbook, athlete, shoe)
            changed = self._told(person, replace(pair, name=words.get("name") or pair.name), words)
            if pair.retired_on is not None and changed.bought_on > pair.retired_on:
                raise Refused(f"{pair.name} was retired on {pair.retired_on}, before {changed.bought_on}.")
            book.change_shoe(self._reach.logbook, changed)
        states = self._states(person, book.shoes(self._reach.logbook, athlete))
        forget_stages_undone(self._reach.logbook, changed, states)
        self._reach.wake()

    def retire(self, athlete: str, shoe: str, words: Mapping[str, str]) -> None:
        person = self._reach.logbook.athlete(athlete)
        with as_refusal():
            pair = book.shoe(self._reach.logbook, athlete, shoe)
            day = _day(words.get("day", ""), self._today(person))
            if day > self._today(person):
                raise Refused(f"{day} has not come yet.")
            if pair.retired_on is not None:
                book.bring_back(self._reach.logbook, pair, day)
            elif day < pair.bought_on:
                raise Refused(f"{pair.name} was bought on {pair.bought_on}; it cannot retire on {day}.")
            else:
                book.retire_shoe(self._reach.logbook, athlete, pair.id, day)
        self._reach.wake()

    def add_rule(self, athlete: str, words: Mapping[str, str]) -> None:
        person = self._reach.logbook.athlete(athlete)
        with as_refusal():
            pair = book.shoe(self._reach.logbook, athlete, words.get("shoe", ""))
            first = _day(words.get("from_day", ""), self._today(person))
            last = _day(words["to_day"], first) if words.get("to_day") else None
            if last is not None and last < first:
                raise Refused(f"The rule would end on {last}, before it begins on {first}.")
            rule = shoe_rules.ShoeRule(
                athlete=athlete,
                shoe=pair.id,
                from_day=first,
                to_day=last,
                sub_sport=words.get("sub_sport") or None,
                weekday=_weekday(words.get("weekday", "")),
                sport=_one_of(SPORTS, words.get("sport", "")),
                surface=_one_of(SURFACES, words.get("surface", "")),
                min_distance_m=_metres("shortest distance", words.get("min_distance", ""), person),
                max_distance_m=_metres("longest distance", words.get("max_distance", ""), person),
            )
        shoe_rules.add_rule(self._reach.logbook, rule)
        self._reach.wake()

    def end_rule(self, athlete: str, number: int) -> None:
        person = self._reach.logbook.athlete(athlete)
        with as_refusal():
            shoe_rules.end_rule(self._reach.logbook, athlete, number, self._today(person))
        self._reach.wake()

    def _today(self, person: Athlete) -> date:
        return self._reach.settings.today_in(person.zone)

    def _states(self, person: Athlete, shoes: tuple[Shoe, ...]) -> tuple[ShoeDay, ...]:
        if self._reach.published.identity() is None:
            return ()
        with self._reach.published.reading() as db:
            return reading.shoe_days(db, person.id, self._today(person), shoes)

    def _told(self, person: Athlete, pair: Shoe, words: Mapping[str, str]) -> Shoe:
        """The pair with what a form says of it; what is left empty stays, or is as usual."""
        start_m = _metres("distance already on it", words.get("start", ""), person)
        limit_m = _metres("distance to remind at", words.get("limit", ""), person)
        months = _number("age to remind at", words.get("months", ""), 600)
        if (limit_m is not None and limit_m <= 0) or (months is not None and months < 0.5):
            raise Refused("A limit is above 0; for no reminder, give one far away.")
        is_new = not words.get("known")
        usual_m = evidence.value("shoe_limit_m") if is_new else pair.limit_m
        usual_days = evidence.value("shoe_limit_days") if is_new else pair.limit_days
        return replace(
            pair,
            bought_on=_day(words.get("bought", ""), pair.bought_on),
            initial_distance_m=pair.initial_distance_m if start_m is None else start_m,
            limit_m=usual_m if limit_m is None else limit_m,
            limit_days=round(usual_days if months is None else months * DAYS_PER_MONTH),
        )


def _rule(rule: shoe_rules.ShoeRule) -> Rule:
    return Rule(
        number=rule.id or 0,
        shoe=rule.shoe,
        from_day=rule.from_day,
        to_day=rule.to_day,
        sport=rule.sport,
        sub_sport=rule.sub_sport,
        surface=rule.surface,
        weekday=rule.weekday,
        min_distance_m=rule.min_distance_m,
        max_distance_m=rule.max_distance_m,
    )


def _day(word: str, usual: date) -> date:
    return a_day(word) if word else usual


def _number(what: str, word: str, highest: float) -> float | None:
    return number(what, word, 0, highest) if word else None


def _metres(what: str, word: str, person: Athlete) -> float | None:
    told = _number(what, word, FARTHEST)
    return None if told is None else told * Measure(person.units).metres_per_unit


def _weekday(word: str) -> int | None:
    if not word:
        return None
    if word not in map(str, range(1, 8)):
        raise Refused("Choose one of the weekdays.")
    return int(word)


def _one_of(known: tuple[str, ...], word: str) -> str | None:
    if word and word not in known:
        raise Refused(f"{word!r} is none of {', '.join(known)}.")
    return word or None
