"""``kneewise plan`` in words: training first, then exercises, the ledger, the stop rules, and why."""

from __future__ import annotations

from datetime import timedelta

import builders
import golden
import pytest
from builders import calm_story, hilly_story

from features.training_log import Week
from models.adherence import Adherence
from models.exercise_plan import PlannedExercise
from models.exercises import by_id
from models.progress import DoneExercise, Felt, Progress
from reports import exercise_words
from reports.plan_text import plan_facts, render_plan
from reports.week_story import WeekStory
from reports.wording import Measure

KM = Measure("km")


def text(told: WeekStory, why: bool = False) -> str:
    return render_plan(told.plan, told.triage, told.athlete, told.week.shifted(1), why)


def test_the_hilly_plan_reads_as_reviewed(request: pytest.FixtureRequest) -> None:
    golden.check("plan_hilly.txt", text(hilly_story(), why=True), request.config)


def test_training_comes_first_and_every_line_fits() -> None:
    for story in builders.STORIES.values():
        told = text(story(), why=True)
        assert told.index("TRAINING") < told.index("EXERCISES")
        assert max(map(len, told.splitlines())) <= 72


def test_why_says_for_every_exercise_that_is_left_out_what_it_was() -> None:
    told = " ".join(text(calm_story(), why=True).split())
    assert "Shallow wall sits: no room in the week's load on the knee." in told
    assert "Isometric lunge holds: mini-squats to 60° come first" in told
    assert "WHY NOT" not in text(calm_story())


def test_a_red_flag_leaves_no_exercise_no_length_and_no_ledger() -> None:
    told = text(builders.red_flag_story(), why=True)
    assert "Please have your knee seen today" in told
    assert "No exercises this week: your knee comes first." in told
    assert "LOAD ON THE KNEE" not in told and "Longest sensible run" not in told
    facts = plan_facts(builders.red_flag_story().plan, builders.red_flag_story().triage)
    assert (facts["exercises"], facts["days"], facts["ledger"]) == ([], (), None)
    assert facts["red_flags"]


def test_facts_are_in_codes_and_si_units() -> None:
    facts = plan_facts(calm_story().plan, calm_story().triage)
    (squat,) = [e for e in facts["exercises"] if e["exercise"] == "mini_squat"]
    assert (squat["step"], squat["steps"], squat["good_sessions"]) == (1, 4, 0)
    assert squat["session_m"] == pytest.approx(38 * 3.92)


@pytest.mark.parametrize(
    "name, step, words",
    [
        ("stationary_bike", 1, "5 minutes, low resistance"),
        ("mini_squat", 3, "3 sets of 10, bent no further than 45°"),
        ("seated_knee_extension", 3, "3 sets of 10 on each leg, each held for 5 s, from 90° to 45°"),
        ("wall_sit", 3, "15 holds of 10 s, bent no further than 40°"),
        ("lunge_hold", 1, "3 holds of 10 s on each leg, bent no further than 40°"),
        (
            "terminal_knee_extension",
            3,
            "3 sets of 10 on each leg, bent no further than 30°, with a firmer band",
        ),
    ],
)
def test_a_dose_in_words(name: str, step: int, words: str) -> None:
    exercise = by_id()[name]
    assert exercise_words.dose(exercise, exercise.steps[step - 1]) == words


def planned(step: int, earned: Progress) -> PlannedExercise:
    return PlannedExercise(by_id()["mini_squat"], step, "no_pain", 149.0, 150.0, earned)


@pytest.mark.parametrize(
    "step, earned, words",
    [
        (2, Progress(2, 1), "Step 2 of 4. Next, after two good sessions (one so far): 3 sets of 10, bent no further than 45°."),
        (2, Progress(3), "Step 2 of 4. Step 3 is earned, and waits for room in the week's load."),
        (4, Progress(4, 1), "Step 4 of 4. The last one: stay here."),
        (1, Progress(1, 0, Felt.IRRITATED),
         "Step 1 of 4; one step back, because it hurt or the next morning was worse. "
         "Next, after two good sessions: 3 sets of 10, bent no further than 30°."),
    ],
)  # fmt: skip
def test_how_far_one_has_come(step: int, earned: Progress, words: str) -> None:
    assert exercise_words.how_far(planned(step, earned)) == words


def test_what_was_kept_of_the_plan() -> None:
    first = Week(2026, 46).first_day
    told = Adherence(first, 3, 2, (), 12_540.0, 14_000.0, False)
    assert exercise_words.kept(told, KM) == (
        "Of the plan for this week: 2 of 3 exercise sessions done; "
        "the longest run, 14.0 km, was longer than the 12.5 km given."
    )
    assert exercise_words.kept(Adherence(first, 0, 0, (), None, None, None), KM) == ""


def test_too_much_pain_is_answered_at_once() -> None:
    done = DoneExercise("ada", builders.SUNDAY - timedelta(days=1), "mini_squat", 2, 7, None)
    said = exercise_words.noted(by_id()["mini_squat"], done, Progress(held_back=Felt.PAINFUL))
    assert "hurt more than 5 of 10" in said and "check-in" in said
