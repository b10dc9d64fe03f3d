"""The ten exercises as reviewed in ``exercises.toml``: words, dose ladder, load, and where each is never offered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("exercises.toml")

REPETITION, LIFT, HOLD = "repetition", "lift", "hold"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a dose ladder: sets of repetitions, or minutes. ``range_deg`` is the bend that it stays in."""

    sets: int
    repetitions: int
    hold_s: int
    minutes: int | None
    range_deg: tuple[int, int] | None
    uses: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KneeLoad:
    """What the kneecap bears: the entry that says so, for what it stands, and whether this exercise was measured.

    ``source`` is None where nothing is known of it.
    """

    source: str | None
    per: str | None
    inferred: bool
    note: str


@dataclass(frozen=True, slots=True)
class Earned:
    """The step of an easier exercise that must have gone well before."""

    exercise: str
    step: int


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise. ``steps`` go from the gentlest on; ``wanted`` ranks it for a need, 1 = the most."""

    id: str
    name: str
    how: str
    cue: str
    feel: str
    stop_rule: str
    load_rank: int
    tier: str
    weight_bearing: bool
    legs_at_once: bool
    moving_s: int
    equipment: frozenset[str]
    not_when: frozenset[str]
    earned_by: Earned | None
    wanted: Mapping[str, int]
    serves: frozenset[str]
    load: KneeLoad
    steps: tuple[Step, ...]
    evidence: tuple[str, ...]


@cache
def library() -> tuple[Exercise, ...]:
    """All ten, in order of load."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["exercise"]
    return tuple(sorted(map(_exercise, rows), key=lambda exercise: exercise.load_rank))


@cache
def by_id() -> Mapping[str, Exercise]:
    return {exercise.id: exercise for exercise in library()}


def _exercise(row: dict[str, Any]) -> Exercise:
    words: dict[str, Any] = {key: frozenset(row[key]) if key in _SETS else row[key] for key in row}
    del words["step"]
    earned, load = words.pop("earned_by", None), words.pop("load")
    return Exercise(
        **{**words, "evidence": tuple(row["evidence"])},
        earned_by=None if earned is None else Earned(**earned),
        load=KneeLoad(load.get("from"), load.get("per"), load.get("inferred", False), load["note"]),
        steps=tuple(map(_step, row["step"])),
    )


def _step(row: dict[str, Any]) -> Step:
    bend = row.get("range_deg")
    return Step(
        sets=row.get("sets", 0),
        repetitions=row.get("repetitions", 0),
        hold_s=row.get("hold_s", 0),
        minutes=row.get("minutes"),
        range_deg=None if bend is None else (bend[0], bend[1]),
        uses=row.get("with"),
        evidence=tuple(row["evidence"]),
    )


_SETS = ("equipment", "not_when", "serves")
