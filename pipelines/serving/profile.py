"""Answers for the settings page, straight from the logbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from features.training_log import WEEK_STARTS, Athlete, Condition, Equipment, Injury, Sex, Side
from pipelines import words as known_words
from pipelines.channels import addresses
from pipelines.logbook import telling
from pipelines.logbook.telling import USUAL_CHOICE, USUAL_QUIET_HOURS, Choice, QuietHours
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from reports import alerts
from reports.dashboard.ports.profile import Address, Settings, Telling
from reports.dashboard.refusals import Refused

# field → what it is called, lowest and highest
YEARS = {"birth_year": "year of birth", "runner_since": "running since"}
NUMBERS = {
    "mass_kg": ("body mass", 20, 300),
    "resting_heart_rate_bpm": ("resting heart rate", 25, 120),
    "highest_heart_rate_bpm": ("highest heart rate", 100, 240),
}


class Profile:
    """Implements ``reports.dashboard.ports.profile.ProfilePort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def settings(self, athlete: str) -> Settings:
        person = self._reach.logbook.athlete(athlete)
        today = self._reach.settings.today_in(person.zone)
        return Settings(person, today, self._telling(athlete), _zones())

    def change(self, athlete: str, words: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> None:
        before = self._reach.logbook.athlete(athlete)
        with as_refusal():
            told = replace(
                before,
                name=_name(words.get("name", "")),
                zone=words.get("zone", ""),
                units=_either("The units", words.get("units", ""), ("km", "mi")),
                week_start=_either("The first day of the week", words.get("week_start", ""), WEEK_STARTS),
                sex=known_words.one_of(Sex, "sex", words["sex"]) if words.get("sex") else None,
                other_sports=words.get("other_sports") or None,
                conditions=known_words.all_of(Condition, "condition", lists.get("conditions", ())),
                equipment=known_words.all_of(Equipment, "equipment", lists.get("equipment", ())),
                **_numbers(words),
            )
            _check_heart_rates(told)
            self._reach.logbook.change_athlete(told)
        self._reach.wake()

    def put_injury(self, athlete: str, words: Mapping[str, str]) -> None:
        person = self._reach.logbook.athlete(athlete)
        with as_refusal():
            part = words.get("body_part", "").lower()
            if not part:
                raise Refused("Say which part of the body it was.")
            side = known_words.one_of(Side, "side", words["side"]) if words.get("side") else None
            first = known_words.a_day(words.get("started_on", ""))
            last = known_words.a_day(words["ended_on"]) if words.get("ended_on") else None
            today = self._reach.settings.today_in(person.zone)
            if first > today or (last is not None and not first <= last <= today):
                raise Refused("An injury begins before it ends, and not in days to come.")
        self._reach.logbook.put_injury(Injury(athlete, part, side, first, last, words.get("note") or None))
        self._reach.wake()

    def drop_injury(self, athlete: str, words: Mapping[str, str]) -> None:
        for injury in self._reach.logbook.athlete(athlete).injuries:
            known = (injury.body_part, injury.side or "", str(injury.started_on))
            if known == (words.get("body_part"), words.get("side", ""), words.get("started_on")):
                self._reach.logbook.drop_injury(injury)
                self._reach.wake()
                return
        raise Refused("There is no such injury.")

    def add_address(self, athlete: str, address: str) -> None:
        with as_refusal():
            if not addresses.is_mail(address):
                raise Refused("Give a mail address. Other services are set up with kneewise notify add.")
            checked = addresses.checked(address)
        telling.add_channel(self._reach.logbook, athlete, checked, self._reach.settings.now())

    def remove_address(self, athlete: str, number: int) -> None:
        with as_refusal():
            telling.remove_channel(self._reach.logbook, athlete, number, self._reach.settings.now())

    def choose(self, athlete: str, words: Mapping[str, str]) -> None:
        with as_refusal():
            hours = _quiet_hours(words.get("quiet_from", ""), words.get("quiet_to", ""))
            chosen = {
                kind: known_words.one_of(Choice, "choice", words[f"kind_{kind}"])
                for kind in (*alerts.KINDS, alerts.WEEKLY_REPORT)
                if f"kind_{kind}" in words
            }
        telling.set_quiet_hours(self._reach.logbook, athlete, hours)
        for kind, choice in chosen.items():
            telling.choose(self._reach.logbook, athlete, kind, choice)

    def _telling(self, athlete: str) -> Telling:
        logbook = self._reach.logbook
        chosen = telling.choices(logbook, athlete)
        hours = telling.quiet_hours(logbook).get(athlete, USUAL_QUIET_HOURS)
        is_quiet = hours.from_minute != hours.to_minute
        return Telling(
            addresses=tuple(
                Address(c.id, addresses.label(c.address), c.stopped_at is not None)
                for c in telling.channels(logbook, athlete)
            ),
            choices={kind: chosen.get(kind, USUAL_CHOICE) for kind in (*alerts.KINDS, alerts.WEEKLY_REPORT)},
            quiet_from=_clock(hours.from_minute) if is_quiet else "",
            quiet_to=_clock(hours.to_minute) if is_quiet else "",
            is_mail_set_up=self._reach.settings.smtp_host is not None,
        )


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))


def _name(word: str) -> str:
    if not word:
        raise Refused("A name needs at least one letter.")
    return word


def _either(what: str, word: str, known: Sequence[str]) -> str:
    if word not in known:
        raise Refused(f"{what}: choose one of {', '.join(known)}.")
    return word


def _numbers(words: Mapping[str, str]) -> dict[str, Any]:
    """The profile's numbers by field; None for one that is not told."""
    told = {field: words.get(field, "") for field in (*YEARS, *NUMBERS)}
    years = {
        field: known_words.whole_number(what, told[field], 1900, 2100)
        for field, what in YEARS.items()
        if told[field]
    }
    numbers = {
        field: known_words.number(what, told[field], lowest, highest)
        for field, (what, lowest, highest) in NUMBERS.items()
        if told[field]
    }
    return dict.fromkeys(told) | years | numbers


def _check_heart_rates(person: Athlete) -> None:
    lowest, highest = person.resting_heart_rate_bpm, person.highest_heart_rate_bpm
    if lowest is not None and highest is not None and lowest >= highest:
        raise Refused(f"A resting heart rate of {lowest:g} is not below the highest, {highest:g}.")


def _quiet_hours(first: str, last: str) -> QuietHours:
    """From two clock times; both empty for none."""
    if not first and not last:
        return QuietHours(0, 0)
    minutes = [t.hour * 60 + t.minute for t in map(time.fromisoformat, (first, last))]
    return QuietHours(*minutes)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
