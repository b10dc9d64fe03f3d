"""Answers for the knee pages, straight from the logbook; a red flag is queued at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from features.ostrc import Ostrc
from models.knee_pain import knee_pain
from models.triage import triage
from pipelines.check_in_words import check_in_of
from pipelines.logbook import outbox, questionnaires
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from pipelines.telling import due
from reports.dashboard.ports.knee import KneeLog
from reports.dashboard.refusals import Refused

SHOWN = timedelta(days=366)


class Knee:
    """Implements ``reports.dashboard.ports.knee.KneePort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def log(self, athlete: str) -> KneeLog:
        logbook = self._reach.logbook
        person = logbook.athlete(athlete)
        today = self._reach.settings.today_in(person.zone)
        told = logbook.check_ins(athlete, today - SHOWN, today)
        answers = questionnaires.ostrc(logbook, athlete)
        state = triage(told, today, person.birth_year, answers)
        return KneeLog(person, today, told, answers, state, knee_pain(told, today, state))

    def tell(self, athlete: str, words: Mapping[str, str]) -> date:
        person = self._reach.logbook.athlete(athlete)
        with as_refusal():
            told = check_in_of(athlete, words, self._reach.settings.today_in(person.zone))
        self._reach.logbook.put_check_in(told)
        found = due.not_snoozed(self._reach.home, person, due.from_check_ins(self._reach.home, person))
        outbox.tell(self._reach.logbook, person, found, self._reach.settings.now())
        self._reach.wake()
        return told.day

    def forget(self, athlete: str, day: date) -> None:
        if not self._reach.logbook.drop_check_in(athlete, day):
            raise Refused(f"There is no check-in of {day}.")
        self._reach.wake()

    def answer(self, athlete: str, day: str, answers: Sequence[str]) -> None:
        person = self._reach.logbook.athlete(athlete)
        today = self._reach.settings.today_in(person.zone)
        with as_refusal():
            when = date.fromisoformat(day) if day else today
            if when > today:
                raise Refused(f"{when} has not come yet.")
            if len(answers) != 4 or not all(answers):
                raise Refused("Please answer all four questions.")
            told = Ostrc(athlete, when, *(int(answer) for answer in answers))
        questionnaires.put_ostrc(self._reach.logbook, told)
        self._reach.wake()
