"""The coach's roster on the real store: who is worth a look and why, and nothing that was not shared."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from viewers import ClientAs
from web_people import coach

from features.training_log import CheckIn, Symptom
from models.adherence import GivenExercise, GivenPlan
from models.progress import DoneExercise
from pipelines import steps
from pipelines.logbook import exercises
from pipelines.serving.reach import Reach
from pipelines.serving.store import ServedStore
from reports.attention import Standing
from reports.dashboard.viewer import ALL_SCOPES, Scope, Viewer

TRAINING = {Scope.TRAINING}
EVERYTHING = set(ALL_SCOPES)
TODAY = date(2026, 11, 16)


def words(client: TestClient, path: str = "/coach") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def standing(store: ServedStore, athlete: str, *scopes: Scope) -> Standing:
    (found,) = store.coaching.standings({athlete: frozenset(scopes)})
    return found


def test_who_changed_comes_first_and_says_why(client_as: ClientAs) -> None:
    seen = words(client_as(coach(mara=EVERYTHING, jonas=EVERYTHING)))
    assert "One of 2 athletes needs a word." in seen
    assert seen.index("Jonas") < seen.index("Mara")
    assert "1 athlete as usual" in seen


def test_an_athlete_who_shared_training_alone_keeps_body_and_pain(store: ServedStore) -> None:
    with_body = standing(store, "jonas", Scope.TRAINING, Scope.BODY)
    without = standing(store, "jonas", Scope.TRAINING)
    assert "previous_knee_injury" in {r.code for r in with_body.reasons}
    assert not with_body.unshared_reason
    assert "previous_knee_injury" not in {r.code for r in without.reasons}
    assert without.unshared_reason
    assert without.pain is None


def test_a_red_flag_is_told_to_whom_pain_is_shared_and_to_nobody_else(
    client_as: ClientAs, reach: Reach
) -> None:
    told = CheckIn("mara", TODAY, 6, symptoms=frozenset({Symptom.LOCKING}), note="secret words")
    reach.logbook.put_check_in(told)
    steps.catch_up(reach.home)
    seen = words(client_as(coach(mara=EVERYTHING)))
    assert "Told of a red flag: the knee locks." in seen
    assert "6 of 10" in seen
    kept = words(client_as(coach(mara=TRAINING)))
    assert "High" in kept
    assert "For a reason that was not shared with you." in kept
    for secret in ("6 of 10", "locks", "red flag", "secret"):
        assert secret not in kept


def test_of_a_plan_it_is_told_how_much_was_done_so_far(client_as: ClientAs, reach: Reach) -> None:
    days = tuple(date(2026, 11, day) for day in (10, 12, 14, 17))  # the last is in the week that begins today
    for week in (days[:3], days[3:]):
        first_day = week[0] - timedelta(days=1)
        plan = GivenPlan(first_day, week, (GivenExercise("quad_set", 1),), None, ())
        exercises.keep_plan(reach.logbook, "mara", plan, reach.settings.now())
    exercises.put_done(reach.logbook, DoneExercise("mara", date(2026, 11, 13), "quad_set", 1), pain=7)
    seen = words(client_as(coach(mara=TRAINING)))
    assert "Did 1 of 3 planned sessions." in seen


def test_pain_alone_shows_no_level_and_no_training(client_as: ClientAs) -> None:
    seen = words(client_as(coach(jonas={Scope.PAIN})))
    assert "Jonas" in seen
    assert "not shared" in seen
    assert " km" not in seen


def test_a_coach_of_nobody_reads_what_to_ask_for(client_as: ClientAs) -> None:
    assert "Nobody has shared with you yet" in words(client_as(coach()))


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("?show=word", {"Jonas"}),
        ("?level=low", {"Mara"}),
        ("?level=nonsense", {"Jonas", "Mara"}),
        ("?show=no-data", set()),
    ],
)
def test_filters_are_links_that_choose(client_as: ClientAs, query: str, who: set[str]) -> None:
    seen = words(client_as(coach(mara=EVERYTHING, jonas=EVERYTHING)), f"/coach{query}")
    assert {name for name in ("Jonas", "Mara") if name in seen} == who


def test_only_a_coach_has_a_roster(client_as: ClientAs) -> None:
    for viewer in (Viewer(1, "Mara", athlete="mara"), Viewer(3, "Root", is_admin=True)):
        assert client_as(viewer).get("/coach").status_code == 404
