"""Twenty persona weeks: level, pain, plan and alerts as worked out by hand, and every report as it was reviewed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import golden
import personas
import pytest
from personas import PERSONAS, Persona

from pipelines.steps import Home
from pipelines.warehouse.store import Db
from reports.week_page import compose
from reports.week_story import WeekStory
from reports.weekly import render_text

BY_KEY = {one.key: one for one in PERSONAS}


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Db]]:
    with personas.home_of_all(tmp_path_factory.mktemp("personas")) as opened:
        yield opened


@pytest.mark.parametrize("key", BY_KEY)
def test_the_week_reads_as_reviewed_and_is_judged_as_worked_out_by_hand(
    key: str, everyone: tuple[Home, Db], pytestconfig: pytest.Config
) -> None:
    one, told = BY_KEY[key], personas.story_of(*everyone, BY_KEY[key])
    assert (told.assessment.level, told.triage.pain_state) == (one.level, one.pain)
    assert _alerts(everyone, one) == sorted(one.alerts)
    golden.check(f"personas/{key}.txt", render_text(told), pytestconfig)


def test_the_table_of_twenty_weeks_reads_as_reviewed(
    everyone: tuple[Home, Db], pytestconfig: pytest.Config
) -> None:
    assert len(PERSONAS) == 20
    blocks = [_block(one, personas.story_of(*everyone, one), _alerts(everyone, one)) for one in PERSONAS]
    golden.check("personas.txt", "\n".join(blocks), pytestconfig)


def test_no_red_flag_comes_with_a_run_length_or_an_exercise(everyone: tuple[Home, Db]) -> None:
    flagged = [told for one in PERSONAS if (told := personas.story_of(*everyone, one)).triage.red_flags]
    assert len(flagged) == 3
    for told in flagged:
        assert told.plan.longest_run_m is None and not told.plan.exercises.chosen
        assert compose(told).red_flag is not None


def _alerts(everyone: tuple[Home, Db], one: Persona) -> list[str]:
    found = personas.alerts_of(*everyone, one)
    return sorted(f"{n.kind} {n.subject if n.kind == 'red_flag' else n.stage}" for n in found)


def _block(one: Persona, told: WeekStory, alerts: list[str]) -> str:
    plan, page = told.plan, compose(told)
    exercises = [f"{e.exercise.id} step {e.step}" for e in plan.exercises.chosen]
    lines = [
        f"{one.key}: {one.story}",
        f"level: {told.assessment.level.value} ({page.why.total}); pain: {told.triage.pain_state}",
        f"because: {_listed([r.code for r in told.assessment.reasons] or told.assessment.unknown_because)}",
        f"red flags: {_listed(told.triage.red_flags)}; fits with: {_listed(told.knee_pain.kinds)}",
        f"next week: {page.next_week.longest or 'no length'}; {_listed([c.code for c in plan.changes])}",
        f"exercises: {_listed(exercises)}",
        f"alerts: {_listed(alerts)}",
        f"why this is right: {one.why}",
    ]
    rest = [textwrap.fill(line, 100, subsequent_indent="      ", initial_indent="    ") for line in lines[1:]]
    return "\n".join([lines[0], *rest, ""])


def _listed(words: object) -> str:
    return ", ".join(map(str, words)) if words else "none"  # type: ignore[call-overload]
