"""Answers a run's page, and takes its owner's corrections: at once in the logbook, in features with the next round."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from features.knee_parts import knee_parts
from features.stream_measures import Segments, usual_cadence_spm
from features.training_log import Column
from pipelines.logbook import efforts, shoe_wear
from pipelines.logbook import shoes as shoe_book
from pipelines.logbook import surfaces as ground
from pipelines.one_run import run_story
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from pipelines.serving.tracks import track_for
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from pipelines.words import number
from reports.dashboard.ports.runs import SURFACES
from reports.dashboard.refusals import Refused
from reports.dashboard.viewer import Scope, Viewer
from reports.dashboard.views.run import RunView, run_view
from reports.dashboard.views.run_facts import RunFacts, Told, without_body

MOST = 10  # of CR-10, and of recovery


class Runs:
    """``reports.dashboard.ports.runs.RunPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def run(self, athlete: str, activity: str, viewer: Viewer, colour: str | None) -> RunView | None:
        if self._reach.published.identity() is None:
            return None
        asked = ("run", athlete, activity, viewer.scopes_on(athlete), viewer.athlete == athlete, colour)
        return self._reach.kept.get(asked, lambda: self._view(athlete, activity, viewer, colour))

    def correct_shoe(self, athlete: str, activity: str, shoe: str) -> None:
        recordings = self._recordings(athlete, activity)
        logbook = self._reach.logbook
        with as_refusal():
            if shoe == "rules":
                shoe_wear.unassign(logbook, athlete, recordings)
            else:
                pair = shoe_wear.NO_SHOE if shoe == "none" else shoe_book.shoe(logbook, athlete, shoe).id
                shoe_wear.assign(logbook, athlete, recordings, {pair: 1.0})
        self._reach.wake()

    def tell_effort(self, athlete: str, activity: str, rpe: str, recovery: str) -> None:
        recordings = self._recordings(athlete, activity)
        told = _of_ten("effort", rpe), _of_ten("recovery", recovery)
        if told == (None, None):
            raise Refused("Nothing was chosen. Choose a number from 0 to 10.")
        efforts.tell(self._reach.logbook, athlete, recordings, *told)
        self._reach.wake()

    def tell_surface(self, athlete: str, activity: str, surface: str) -> None:
        recordings = self._recordings(athlete, activity)
        if surface == "unsaid":
            ground.forget(self._reach.logbook, athlete, recordings)
        elif surface in SURFACES:
            ground.tell(self._reach.logbook, athlete, recordings, surface)
        else:
            raise Refused(f"That is no ground; it is one of {', '.join(SURFACES)}.")
        self._reach.wake()

    def _recordings(self, athlete: str, activity: str) -> list[str]:
        """What the activity is made of. Raises LookupError where it is not this athlete's."""
        if self._reach.published.identity() is None:
            raise LookupError(activity)
        with self._reach.published.reading() as db:
            rows = reading.rows(db, "one_activity", {"id": activity})
        if not rows or rows[0]["athlete"] != athlete:
            raise LookupError(activity)
        return list(rows[0]["recordings"])

    def _view(self, athlete: str, activity: str, viewer: Viewer, colour: str | None) -> RunView | None:
        with self._reach.published.reading() as db:
            rows = reading.rows(db, "one_run", {"activity": activity})
            if not rows or rows[0].pop("athlete") != athlete:
                return None
            facts = self._facts(db, rows[0], athlete, viewer)
        return run_view(facts, colour)

    def _facts(self, db: Db, row: dict[str, Any], athlete: str, viewer: Viewer) -> RunFacts:
        logbook, scopes = self._reach.logbook, viewer.scopes_on(athlete)
        pairs = shoe_book.shoes(logbook, athlete)
        story = run_story(row, {pair.id: pair.name for pair in pairs})
        (more,) = reading.rows(db, "run_page", {"activity": story.id, "athlete": athlete})
        segments = _segments(more)
        track = track_for(db, logbook, viewer, more["track_of"]) if more["track_of"] else None
        return RunFacts(
            athlete=logbook.athlete(athlete),
            story=story if Scope.BODY in scopes else without_body(story),
            told=self._told(athlete, more["recordings"]),
            pairs=pairs,
            track=track,
            segments=segments,
            stretches=tuple((s["from_m"], s["to_m"], s["class"]) for s in more["stretches"] or ()),
            parts=knee_parts(segments, _usual(segments, more)) if story.sport == "running" else None,
            spike_ratio=more["spike_ratio"],
            reference_m=more["reference_m"],
            session_m=more["session_m"],
            shows_body=Scope.BODY in scopes,
            shows_positions=Scope.POSITIONS in scopes,
        )

    def _told(self, athlete: str, recordings: list[str]) -> Told:
        logbook = self._reach.logbook
        by_hand = efforts.told_by_hand(logbook, athlete)
        rpe, recovery = next((by_hand[r] for r in recordings if r in by_hand), (None, None))
        return Told(
            shoes=shoe_wear.assigned(logbook, athlete, recordings),
            rpe=rpe,
            recovery=recovery,
            surface=ground.told_of(logbook, athlete, recordings),
        )


def _segments(row: dict[str, Any]) -> Segments:
    if row["segment_distance_m"] is None:
        return Segments.none()
    names = [field.name for field in fields(Segments)]
    return Segments(*(_column(row[f"segment_{name}"], len(row["segment_distance_m"])) for name in names))


def _column(values: list[float | None], length: int) -> Column:
    """As an array; an earlier version kept no walked parts."""
    told = np.array(values, dtype=np.float64)
    return told if len(told) == length else np.zeros(length)


def _usual(segments: Segments, row: dict[str, Any]) -> Column:
    speed = segments.running_speed_mps
    if row["intercept_spm"] is None:
        return np.full(len(speed), np.nan)
    habit = ("intercept_spm", "slope_spm_per_mps", "slowest_mps", "fastest_mps")
    return usual_cadence_spm(speed, *(row[column] for column in habit))


def _of_ten(what: str, told: str) -> float | None:
    if not told:
        return None
    with as_refusal():
        return number(what, told, 0, MOST)
