"""The plan's tick boxes: what is ticked is what was done, other days stay, and a red flag takes them away."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from viewers import JONAS, ClientAs, coach_of_mara

from features.training_log import CheckIn, Symptom, Week
from models.adherence import GivenExercise, GivenPlan
from models.progress import DoneExercise
from pipelines.logbook import exercises
from pipelines.serving.reach import Reach
from reports.dashboard.viewer import Scope

PLAN = "/a/jonas/plan"


@pytest.fixture(autouse=True)
def wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNEEWISE_TODAY", "2026-11-18")


@pytest.fixture
def today(reach: Reach) -> date:
    return reach.settings.today_in(reach.logbook.athlete("jonas").zone)


@pytest.fixture
def given(reach: Reach, today: date) -> GivenPlan:
    first = Week.of(today).first_day
    asked = (GivenExercise("mini_squat", 2), GivenExercise("quad_set", 1))
    plan = GivenPlan(first, (first, today), asked, 12_000.0, ())
    exercises.keep_plan(reach.logbook, "jonas", plan, reach.settings.now())
    return plan


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="done" value="(\w+)" checked', page))


def test_what_is_ticked_was_done_and_what_is_not_was_not(
    client_as: ClientAs, reach: Reach, given: GivenPlan, today: date
) -> None:
    client = client_as(JONAS)
    sent = {
        "day": str(today),
        "done": ["mini_squat", "quad_set"],
        "pain_mini_squat": "1",
        "pain_quad_set": "",
    }
    page = client.post(f"{PLAN}/done", data=sent).text
    assert ticked(page) == {"mini_squat", "quad_set"}
    assert exercises.done_by(reach.logbook, "jonas") == (
        DoneExercise("jonas", today, "mini_squat", 2, 1),
        DoneExercise("jonas", today, "quad_set", 1),
    )
    assert ticked(client.get("/a/jonas").text) == {"mini_squat", "quad_set"}, "on the week's page too"
    page = client.post(f"{PLAN}/done", data={"day": str(today), "done": ["quad_set"]}).text
    assert ticked(page) == {"quad_set"}
    assert [d.exercise for d in exercises.done_by(reach.logbook, "jonas")] == ["quad_set"]


def test_the_next_morning_is_asked_the_day_after_and_counts_towards_the_next_step(
    client_as: ClientAs, reach: Reach, given: GivenPlan, today: date
) -> None:
    client, day = client_as(JONAS), given.first_day
    sent = {"day": str(day), "done": ["mini_squat"], "pain_mini_squat": "1", "next_morning": "1"}
    page = client.post(f"{PLAN}/done", data=sent).text
    assert exercises.done_by(reach.logbook, "jonas") == (DoneExercise("jonas", day, "mini_squat", 2, 1, 1),)
    assert "1 good session on it" in page
    assert "next_morning" not in client.get(PLAN).text, "of today it cannot be known yet"


def test_sets_told_elsewhere_and_other_exercises_stay(
    client_as: ClientAs, reach: Reach, given: GivenPlan, today: date
) -> None:
    exercises.put_done(reach.logbook, DoneExercise("jonas", today, "mini_squat", 2), sets=1)
    exercises.put_done(reach.logbook, DoneExercise("jonas", today, "wall_sit", 1), pain=0)
    client_as(JONAS).post(f"{PLAN}/done", data={"day": str(today), "done": ["mini_squat"]})
    done = {d.exercise: d for d in exercises.done_by(reach.logbook, "jonas")}
    assert done["mini_squat"].sets == 1
    assert done["wall_sit"].pain == 0


def test_too_much_pain_says_what_to_do(client_as: ClientAs, given: GivenPlan, today: date) -> None:
    sent = {"day": str(today), "done": ["mini_squat"], "pain_mini_squat": "7"}
    page = client_as(JONAS).post(f"{PLAN}/done", data=sent).text
    assert "hurt more than 5 of 10" in page
    assert "clinician" in page


@pytest.mark.parametrize(
    "sent",
    [
        {"day": "2031-01-01", "done": "mini_squat"},
        {"day": "2020-01-01", "done": "mini_squat"},
        {"day": "tomorrow", "done": "mini_squat"},
        {"day": "TODAY", "done": "wall_sit"},
        {"day": "TODAY", "done": "mini_squat", "pain_mini_squat": "11"},
        {"day": "TODAY", "done": "mini_squat", "pain_mini_squat": "-1"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    client_as: ClientAs, reach: Reach, given: GivenPlan, today: date, sent: dict[str, str]
) -> None:
    told = {**sent, "day": sent["day"].replace("TODAY", str(today))}
    assert client_as(JONAS).post(f"{PLAN}/done", data=told).status_code == 422
    assert exercises.done_by(reach.logbook, "jonas") == ()


def test_a_red_flag_takes_the_exercises_away(
    client_as: ClientAs, reach: Reach, given: GivenPlan, today: date
) -> None:
    locked = CheckIn("jonas", today, pain_running=6, symptoms=frozenset({Symptom.LOCKING}))
    reach.logbook.put_check_in(locked)
    client = client_as(JONAS)
    assert 'name="done"' not in client.get("/a/jonas").text
    assert 'name="done"' not in client.get(PLAN).text
    refused = client.post(f"{PLAN}/done", data={"day": str(today), "done": ["mini_squat"]})
    assert refused.status_code == 422


def test_without_a_plan_that_was_given_this_week_s_own_is_ticked(client_as: ClientAs, today: date) -> None:
    assert 'name="done"' in client_as(JONAS).get(PLAN).text


def test_of_a_past_week_nothing_is_ticked(client_as: ClientAs, given: GivenPlan, today: date) -> None:
    before = Week.of(today - timedelta(weeks=1))
    assert 'name="done"' not in client_as(JONAS).get(f"/a/jonas/week/{before}").text


def test_no_coach_ticks(client_as: ClientAs) -> None:
    assert 'name="done"' not in client_as(coach_of_mara(*Scope)).get("/a/mara").text
