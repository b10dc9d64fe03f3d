"""A known joint condition asks for a clinician before changes; a warm knee with one may be a flare."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import SUNDAY, athlete, calm_story

from features.training_log import CheckIn, Condition, Symptom
from reports.conditions import NAMES
from reports.page import Note
from reports.week_page import compose
from reports.weekly import render_html, render_text


def notes(conditions: set[Condition], *told: CheckIn) -> tuple[Note, ...]:
    who = replace(athlete(), conditions=frozenset(conditions))
    return compose(replace(calm_story(who), check_ins=told)).condition_notes


def felt(symptom: Symptom, days_ago: int = 0) -> CheckIn:
    return CheckIn("ada", SUNDAY - timedelta(days=days_ago), 1, symptoms=frozenset({symptom}))


@pytest.mark.parametrize("condition", sorted(set(Condition) - {Condition.OSTEOARTHRITIS}))
def test_a_clinician_is_asked_first(condition: Condition) -> None:
    (note,) = notes({condition})
    assert NAMES[condition] in note.text
    assert "clinician before you change" in note.text


def test_without_an_inflammatory_condition_nothing_is_said() -> None:
    warm = felt(Symptom.WARMTH)
    assert notes(set(), warm) == notes({Condition.OSTEOARTHRITIS}, warm) == ()


@pytest.mark.parametrize("sign", [Symptom.WARMTH, Symptom.REDNESS, Symptom.SWELLING])
def test_a_warm_or_swollen_knee_is_seen_before_it_is_run_on(sign: Symptom) -> None:
    _, flare = notes({Condition.GOUT, Condition.OSTEOARTHRITIS}, felt(sign))
    assert "may be a flare" in flare.text
    assert flare.cites
    assert len(notes({Condition.GOUT}, felt(sign, days_ago=6))) == 2
    assert len(notes({Condition.GOUT}, felt(sign, days_ago=7))) == 1
    assert len(notes({Condition.GOUT}, felt(Symptom.CLICKING))) == 1


def test_both_reports_say_it() -> None:
    story = calm_story(replace(athlete(), conditions=frozenset({Condition.GOUT})))
    assert "You told us of gout" in render_text(story)
    assert "You told us of gout" in render_html(story)
