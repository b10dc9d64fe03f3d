"""The exercises of the coming week: a small constraint problem from pain, causes, history, equipment and habit.

``exercise_needs`` says what the week asks for, ``exercise_days`` which days are open, ``exercise_search`` finds the
best plan that keeps every limit. Here these meet, and every exercise that is left out gets its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from features import evidence
from features.training_log import Athlete, CheckIn, DayFeatures
from models import progress
from models.exercise_days import DaySet, day_sets
from models.exercise_load import session_m, session_s
from models.exercise_needs import STATES, Asked, asked, calmer
from models.exercise_plan import ExercisePlan, Ledger, LeftOut, PlannedExercise
from models.exercise_search import Candidate, Room, Solution, fits, solve
from models.exercises import Exercise, by_id, library
from models.progress import DoneExercise
from models.running_week import RanOn, running_week
from models.verdict import RiskAssessment, Triage

HOUSEHOLD = frozenset({"chair", "towel", "wall"})
A_MINUTE_S, WEEK = 60.0, timedelta(weeks=1)

KNEE_FIRST, RESCREEN, NO_DAY, NO_ROOM = "knee_first", "rescreen", "no_day", "no_room"
NOTHING_CODES = (KNEE_FIRST, RESCREEN, NO_DAY, NO_ROOM)
LEFT_OUT_CODES = (
    *NOTHING_CODES,
    *STATES,
    *("equipment", "not_yet_earned", "not_wanted", "enough", "minutes", "day_load", "week_load"),
)


@dataclass(frozen=True, slots=True)
class Practice:
    """What is known of the athlete beside the week's features: kinds of pain, exercises done, days run on."""

    pain_kinds: tuple[str, ...] = ()
    done: tuple[DoneExercise, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    ran: tuple[RanOn, ...] = ()


NOTHING_KNOWN = Practice()


def choose(
    assessment: RiskAssessment,
    triage: Triage,
    athlete: Athlete,
    features: DayFeatures,
    practice: Practice,
    first_day: date,
    as_of: date,
) -> ExercisePlan:
    """The plan for the seven days from ``first_day``, with what was told up to ``as_of``; none where triage forbids any."""
    if not triage.exercises_allowed:
        return _nothing(KNEE_FIRST)
    if progress.must_rescreen(practice.done, practice.check_ins, as_of):
        return _nothing(RESCREEN)
    books = _ledger(features, practice, first_day)
    week = asked(
        assessment,
        triage,
        athlete,
        practice.pain_kinds,
        progress.hurt_lately(practice.done, as_of),
        books.usual_running_m is not None,
    )
    before = [d.day for d in practice.done if d.day < first_day]
    sets = day_sets(first_day, running_week(practice.ran, first_day), max(before, default=None))
    if not sets:
        return _nothing(NO_DAY)
    room = _room(books, features)
    search = _Search(athlete, practice.done, as_of, sets)
    found, room = search.calm_first(week, room)
    if found is None:
        return _nothing(NO_ROOM)
    return ExercisePlan(
        chosen=tuple(search.planned(found, week)),
        days=found.days.days,
        need=week.menu,
        ledger=_booked(books, found),
        left_out=tuple(search.left_out(found, week, room)),
    )


@dataclass(frozen=True, slots=True)
class _Search:
    athlete: Athlete
    done: Sequence[DoneExercise]
    as_of: date
    sets: Sequence[DaySet]

    def calm_first(self, week: Asked, room: Room) -> tuple[Solution | None, Room]:
        """The best plan, with no more load than the same week would get with one trouble less."""
        easier = calmer(week)
        if easier is not None:
            found, _ = self.calm_first(easier, room)
            cap = 0.0 if found is None else found.week_m
            room = replace(room, week_m=cap if room.week_m is None else min(cap, room.week_m))
        return solve(self.candidates(week), self.sets, room), room

    def candidates(self, week: Asked) -> tuple[Candidate, ...]:
        suiting = [e for e in library() if self._never(e, week) is None and week.menu in e.wanted]
        suiting.sort(key=lambda e: e.wanted[week.menu])
        return tuple(Candidate(e, self._progress(e).step, self._serves(e, week)) for e in suiting)

    def planned(self, found: Solution, week: Asked) -> Iterator[PlannedExercise]:
        """Lightest first."""
        for candidate, step in sorted(
            zip(found.chosen, found.steps, strict=True), key=lambda pair: pair[0].exercise.load_rank
        ):
            exercise = candidate.exercise
            dose = exercise.steps[step - 1]
            further = [need for need in week.needs[1:] if need in candidate.serves]
            yield PlannedExercise(
                exercise=exercise,
                step=step,
                because=further[0] if further else week.menu,
                session_m=session_m(exercise, dose),
                session_s=session_s(exercise, dose),
                earned=self._progress(exercise),
            )

    def left_out(self, found: Solution, week: Asked, room: Room) -> Iterator[LeftOut]:
        within = {candidate.exercise.id for candidate in found.chosen}
        for exercise in library():
            if exercise.id in within:
                continue
            never = self._never(exercise, week)
            if never is None and week.menu not in exercise.wanted:
                never = "not_wanted"
            if never is None:
                candidate = Candidate(exercise, 1, self._serves(exercise, week))
                never = _why_no_more(found, candidate, room)
            yield LeftOut(exercise, never)

    def _never(self, exercise: Exercise, week: Asked) -> str | None:
        """The first reason for which this exercise is not offered at all."""
        if not exercise.equipment <= HOUSEHOLD | self.athlete.equipment:
            return "equipment"
        for state in STATES:
            if state in week.states & exercise.not_when:
                return state
        earned = exercise.earned_by
        if earned is not None and not progress.has_earned(earned, self.done, self.as_of):
            return "not_yet_earned"
        return None

    def _progress(self, exercise: Exercise) -> progress.Progress:
        return progress.progress(exercise, self.done, self.as_of)

    def _serves(self, exercise: Exercise, week: Asked) -> frozenset[str]:
        return (exercise.serves | exercise.wanted.keys()) & frozenset(week.needs)


def _why_no_more(found: Solution, candidate: Candidate, room: Room) -> str:
    """Which limit an exercise would break if it came on top, at its first step."""
    if len(found.chosen) >= evidence.value("exercises_most"):
        return "enough"
    chosen, steps = (*found.chosen, candidate), (*found.steps, 1)
    for code, limits in (
        ("minutes", Room(None, None, room.session_s)),
        ("day_load", Room(None, room.day_m, room.session_s)),
    ):
        if not fits(chosen, steps, found.days, limits):
            return code
    return "week_load"


def _room(books: Ledger, features: DayFeatures) -> Room:
    """What the plan may add: what exercise usually takes, and a tenth of the usual running week."""
    usual_m = books.usual_running_m
    share = evidence.value("exercise_new_load_share")
    return Room(
        week_m=None if usual_m is None else books.usual_exercise_m + share * usual_m,
        day_m=features["knee_spike_reference_7d_m"],
        session_s=evidence.value("exercise_session_min") * A_MINUTE_S,
    )


def _ledger(features: DayFeatures, practice: Practice, first_day: date) -> Ledger:
    """The books before anything is planned."""
    knee_m, plain_m = features["knee_week_usual_m"], features["weekly_distance_usual_m"]
    usual_m = plain_m if knee_m is None else knee_m
    window = timedelta(days=evidence.value("exercise_usual_days"))
    lately = [d for d in practice.done if first_day - window <= d.day < first_day]
    done_m = sum(_done_m(d) for d in lately) / (window / WEEK)
    return Ledger(usual_m, done_m, 0.0, usual_m, knee_m is None, ())


def _done_m(done: DoneExercise) -> float:
    exercise = by_id()[done.exercise]
    return session_m(exercise, exercise.steps[done.step - 1]) or 0.0


def _booked(books: Ledger, found: Solution) -> Ledger:
    """Running makes room for what exercise adds, and never takes what exercise leaves."""
    usual_m = books.usual_running_m
    more_m = max(found.week_m - books.usual_exercise_m, 0.0)
    return replace(
        books,
        exercise_m=found.week_m,
        running_m=None if usual_m is None else max(usual_m - more_m, 0.0),
        uncounted=tuple(c.exercise.id for c in found.chosen if c.exercise.load.source is None),
    )


def _nothing(because: str) -> ExercisePlan:
    return ExercisePlan((), (), None, None, tuple(LeftOut(e, because) for e in library()), because)
