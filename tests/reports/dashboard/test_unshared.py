"""What was not shared cannot be told from any answer that a coach can have: two homes that differ in nothing else
give the same pages, headers and mail.

Asked for is every page of the route table that such a coach may open, so that a new page is held to it, too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from every_page import paths
from fastapi.testclient import TestClient

from features.ostrc import Ostrc
from features.training_log import CheckIn, Condition, Injury, Onset, Sex, Side, Symptom
from pipelines import settings, steps
from pipelines.logbook import questionnaires, shoes
from pipelines.serving.reach import Reach, reaching
from pipelines.serving.store import ServedStore
from pipelines.warehouse import store as warehouse
from reports import coach_digest, sentences
from reports.attention_words import RED_FLAGS
from reports.dashboard.app import create_app
from reports.dashboard.viewer import ALL_SCOPES, Scope, Viewer
from reports.dashboard.views.digest import digest

MAIL = "the weekly digest by mail"
OPENED = {MAIL, "/a/jonas", "/a/mara/week/2026-W17", "/a/jonas/history?span=all", "/a/mara/shoes", "/coach"}

Answers = dict[tuple[frozenset[Scope], str], tuple[object, ...]]


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Iterator[Reach]:
    shutil.copytree(sample_home, tmp_path / "home")
    with reaching(settings.load(tmp_path / "home")) as reach:
        yield reach


def answers(reach: Reach, given: Mapping[frozenset[Scope], object]) -> Answers:
    """(scopes, page) → all that comes back, where the page is there for a coach with these scopes of everybody."""
    found: Answers = {}
    store = ServedStore(reach)
    for scopes in given:
        viewer = Viewer(7, "Cleo", is_coach=True, shared=dict.fromkeys(("mara", "jonas"), scopes))
        client = TestClient(create_app(store, lambda _, viewer=viewer: viewer), follow_redirects=False)
        for path in paths(reach):
            answer = client.get(path)
            assert answer.status_code < 500, path
            if answer.status_code == 200:
                headers = sorted((k, v) for k, v in answer.headers.multi_items() if k != "x-request-id")
                found[scopes, path] = (*headers, answer.text)
        today = store.coaching.today()
        page = digest(store.coaching.standings(viewer.shared), today)
        as_mail = [say(page, today, None) for say in (coach_digest.as_text, coach_digest.as_html)]
        found[scopes, MAIL] = (coach_digest.subject(page), *as_mail)
    store.close()
    return found


def without(scope: Scope) -> dict[frozenset[Scope], None]:
    """What a coach can have been given: all else, training alone, all else but training."""
    rest = ALL_SCOPES - {scope}
    several = (rest, frozenset({Scope.TRAINING}), rest - {Scope.TRAINING})
    return dict.fromkeys(each for each in several if each and scope not in each)


def levels(reach: Reach) -> list[tuple[object, ...]]:
    with reach.published.reading() as db:
        asked = "select athlete, day, level, log_hazard from assessment order by athlete, day"
        return db.execute(asked).fetchall()


def tell_of_pain(reach: Reach) -> None:
    """Other words for pain that is as strong as it was, and that there is none where nothing was said."""
    for told in reach.logbook.check_ins("jonas", date.min, date.max):
        said = replace(told, note="Zqnote", onset=Onset.GRADUAL, symptoms=told.symptoms | {Symptom.CLICKING})
        reach.logbook.put_check_in(said)
    for day in (date(2026, 4, 24), date(2026, 5, 1), date(2026, 11, 4), date(2026, 11, 14)):
        if not reach.logbook.check_ins("mara", day, day):
            reach.logbook.put_check_in(CheckIn("mara", day, 0, 0, 0, side=Side.LEFT, note="Zqcalm"))
    questionnaires.put_ostrc(reach.logbook, Ostrc("mara", date(2026, 11, 14), 0, 0, 0, 0))


def tell_of_the_body(reach: Reach) -> None:
    for name in ("mara", "jonas"):
        other = replace(
            reach.logbook.athlete(name),
            birth_year=1949,
            sex=Sex.OTHER,
            mass_kg=87.6,
            resting_heart_rate_bpm=38.0,
            highest_heart_rate_bpm=160.0,
            runner_since=2001,
            other_sports="Zqsport",
            conditions=frozenset({Condition.GOUT}),
        )
        reach.logbook.change_athlete(other)
    # Jonas told of his knee before; this one changes no level
    reach.logbook.put_injury(
        Injury("jonas", "knee", Side.LEFT, date(2026, 7, 6), date(2026, 7, 12), "Zqinjury")
    )
    reach.logbook.put_injury(Injury("mara", "calf", Side.LEFT, date(2026, 7, 6), None, "Zqcalf"))


def move_away(reach: Reach) -> None:
    with warehouse.open_for_writing(reach.settings.warehouse_path) as db:
        for name in ("latitude_deg", "longitude_deg"):
            db.execute(f"update track set {name} = list_transform({name}, lambda x: x * 0.9)")
        warehouse.publish(db, reach.settings.warehouse_path, reach.settings.published_path)


def train_otherwise(reach: Reach) -> None:
    for pair in (*shoes.shoes(reach.logbook, "mara"), *shoes.shoes(reach.logbook, "jonas")):
        shoes.change_shoe(reach.logbook, replace(pair, name=f"Zqshoe {pair.id}"))
    steps.catch_up(reach.home)
    with warehouse.open_for_writing(reach.settings.warehouse_path) as db:
        db.execute("update assessment set level = 'guarded'")
        db.execute("update athlete_day set weekly_distance_m = 87654, knee_week_m = 98765")
        warehouse.publish(db, reach.settings.warehouse_path, reach.settings.published_path)


@pytest.mark.parametrize(
    ("scope", "change", "told_on"),
    [
        (Scope.PAIN, tell_of_pain, {"/a/jonas/pain", "/a/jonas/week/2026-W46"}),
        (Scope.BODY, tell_of_the_body, {"/a/jonas/history?span=all", "/a/jonas/calibration", "/calibration"}),
        (Scope.POSITIONS, move_away, set()),
        (Scope.TRAINING, train_otherwise, {"/coach", "/a/mara/shoes", MAIL}),
    ],
)
def test_nothing_tells_of_what_was_not_shared(
    home: Reach, scope: Scope, change: Callable[[Reach], None], told_on: set[str]
) -> None:
    asked = {**without(scope), ALL_SCOPES: None}
    before, verdicts = answers(home, asked), levels(home)
    change(home)
    if scope is not Scope.TRAINING:
        steps.catch_up(home.home)
        assert levels(home) == verdicts, "what sets a level is told by the level; this is about all else"
    after = answers(home, asked)
    if scope is not Scope.TRAINING:
        assert {path for _, path in before} >= OPENED
    changed = {
        path for given, path in before if given == ALL_SCOPES if before[given, path] != after[given, path]
    }
    assert changed >= told_on
    assert any("/runs/" in path for path in changed) or scope is not Scope.POSITIONS
    assert before.keys() == after.keys()
    leaks = [
        f"{', '.join(sorted(given))}: {path}: {difference(before[given, path], after[given, path])}"
        for given, path in before
        if scope not in given and before[given, path] != after[given, path]
    ]
    assert leaks == []


def difference(before: tuple[object, ...], after: tuple[object, ...]) -> str:
    """The first line that is another."""
    lines = zip("\n".join(map(str, before)).split("\n"), "\n".join(map(str, after)).split("\n"), strict=False)
    return next((f"{one!r} became {other!r}" for one, other in lines if one != other), "its length")


def test_a_red_flag_is_in_no_word_on_any_page_of_who_sees_no_pain(home: Reach) -> None:
    """It sets the level, so pages differ; why is told to nobody."""
    symptoms = frozenset({Symptom.LOCKING, Symptom.NIGHT_PAIN, Symptom.FEVER, Symptom.SWELLING})
    today = home.settings.today_in("Europe/Berlin")
    for name in ("mara", "jonas"):
        for ago in range(3):
            told = CheckIn(name, today - timedelta(days=ago), 9, 8, 9, symptoms=symptoms, note="Zqflag")
            home.logbook.put_check_in(told)
    steps.catch_up(home.home)
    telling = [
        *("Zqflag", "9 of 10", "8 of 10", "red flag", "clinician first", "Pain above"),
        *(words for flag in RED_FLAGS for words in (RED_FLAGS[flag], sentences.RED_FLAGS[flag][0])),
        *(sentences.SYMPTOMS[symptom] for symptom in symptoms),
        *sentences.RED_FLAG_STEPS,
    ]
    telling.remove(RED_FLAGS["lump"])  # in other words, too
    found = answers(home, {**without(Scope.PAIN), ALL_SCOPES: None})
    everything = "\n".join(str(found[key]) for key in found if key[0] == ALL_SCOPES)
    assert "Zqflag" in everything and RED_FLAGS["locking"] in everything
    for (given, path), answer in found.items():
        if Scope.PAIN not in given and path != "/glossary":
            said = str(answer)
            assert [words for words in telling if words in said] == [], (sorted(given), path)
