"""``kneewise exercise`` and ``plan``: what was done is kept and merged, plans stay as given, adherence is told."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from features.training_log import Athlete, CheckIn
from models.adherence import GivenExercise, GivenPlan
from models.progress import DoneExercise
from pipelines.cli import app
from pipelines.commands.exercising import an_exercise
from pipelines.errors import KneewiseError
from pipelines.logbook import exercises
from pipelines.logbook.store import Logbook, open_logbook

PROJECT = Path(__file__).resolve().parents[2]
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)


def kneewise(*words: object, home: Path, today: str = "2026-11-16") -> Result:
    """The command line in this process: what it printed, or the error that it was stopped by."""
    told = [*map(str, words), "--home", str(home)]
    return CliRunner().invoke(app, told, env={"KNEEWISE_TODAY": today, "COLUMNS": "300"})


def refusal(*words: object, home: Path) -> str:
    error = kneewise(*words, home=home).exception
    assert isinstance(error, KneewiseError)
    return str(error)


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    with open_logbook(tmp_path / "logbook.sqlite") as opened:
        opened.add_athlete(Athlete("ada", "Ada"))
        return opened


def session(day: date = MONDAY, step: int = 1) -> DoneExercise:
    return DoneExercise("ada", day, "mini_squat", step)


def test_what_is_told_later_is_added_and_what_is_not_told_stays(logbook: Logbook) -> None:
    exercises.put_done(logbook, session(step=2), pain=1)
    stored = exercises.put_done(logbook, session(step=1), pain_next_morning=0)
    assert stored == DoneExercise("ada", MONDAY, "mini_squat", 2, 1, 0)
    assert exercises.put_done(logbook, session(), pain=4, sets=2) == DoneExercise(
        "ada", MONDAY, "mini_squat", 2, 4, 0, 2
    )
    assert exercises.put_done(logbook, session()).pain == 4
    assert exercises.put_done(logbook, session(), step=3).step == 3
    assert exercises.put_done(logbook, session()).step == 3
    assert len(exercises.done_by(logbook, "ada")) == 1


def test_a_session_can_be_taken_back_once(logbook: Logbook) -> None:
    exercises.put_done(logbook, session())
    assert exercises.take_back(logbook, "ada", "mini_squat", MONDAY)
    assert not exercises.take_back(logbook, "ada", "mini_squat", MONDAY)
    assert exercises.done_by(logbook, "ada") == ()


def test_the_last_plan_of_a_week_counts_and_no_plan_is_lost(logbook: Logbook) -> None:
    first = GivenPlan(MONDAY, (MONDAY,), (GivenExercise("mini_squat", 1),), 12_000.0, ())
    second = GivenPlan(MONDAY, (MONDAY,), (GivenExercise("mini_squat", 2),), None, ("pause_running",))
    assert exercises.plan_of(logbook, "ada", MONDAY) is None
    assert exercises.keep_plan(logbook, "ada", first, NOW)
    assert not exercises.keep_plan(logbook, "ada", first, NOW)
    assert exercises.keep_plan(logbook, "ada", second, NOW)
    assert exercises.plan_of(logbook, "ada", MONDAY) == second
    with logbook.engine.connect() as db:
        assert db.exec_driver_sql("select count(*) from plan_given").scalar() == 2


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_off_the_scale_is_refused_by_the_logbook_too(logbook: Logbook, pain: int) -> None:
    with pytest.raises(Exception, match="pain_scale"):
        exercises.put_done(logbook, session(), pain=pain)


@pytest.mark.parametrize(
    "text, found",
    [
        ("mini_squat", "mini_squat"), ("Mini-squats", "mini_squat"), ("squat", "mini_squat"), ("WALL", "wall_sit"),
        ("bike", "stationary_bike"), ("straight leg", "straight_leg_raise"), ("quad sets", "quad_set"),
    ],
)  # fmt: skip
def test_an_exercise_is_found_by_words_of_its_name(text: str, found: str) -> None:
    assert an_exercise(text).id == found


@pytest.mark.parametrize(
    "text, says",
    [("quad", "several exercises: quad_set, short_arc_quad"), ("burpee", "no exercise is called"), ("", "no exercise"),
     ("mini squot", "Did you mean mini_squat")],
)  # fmt: skip
def test_what_fits_none_or_several_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(KneewiseError, match=says):
        an_exercise(text)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Jonas's half year with a jump in his last long run, up to Monday 16 November 2026."""
    made = tmp_path_factory.mktemp("home")
    assert kneewise("athlete", "add", "Jonas", "--equipment", "band", home=made).exit_code == 0
    assert kneewise("sync", PROJECT / "data_samples" / "jonas", home=made).exit_code == 0
    return made


def test_a_week_from_plan_to_adherence(home: Path, tmp_path: Path) -> None:
    calendar = tmp_path / "plan.ics"
    plan = json.loads(kneewise("plan", "--json", "--ics", calendar, home=home).stdout)
    days = [date.fromisoformat(day) for day in plan["days"]]
    events = Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert [e.decoded("dtstart") for e in events if "exercises" in e["uid"]] == days
    # He runs on Tuesday and Thursday, and long on Saturday: never on Friday or Saturday.
    assert not {day.weekday() for day in days} & {4, 5}
    books = plan["ledger"]
    assert (
        books["running_m"] + books["exercise_m"] <= books["usual_running_m"] + books["usual_exercise_m"] + 1
    )

    assert kneewise("report", home=home).exit_code == 0  # gives the plan of this week
    tuesday = "2026-11-24"
    with open_logbook(home / "logbook.sqlite") as logbook:
        exercises.put_done(
            logbook, DoneExercise("jonas", days[0], "mini_squat", 1), pain=1, pain_next_morning=0
        )
    felt = ("--pain", "1", "--next-morning", "1")
    told = kneewise("exercise", "done", "squat", "--day", days[1], *felt, home=home, today=tuesday).stdout
    assert "step 1." in told and "step 2 of 4, no good sessions on it" in told
    done = kneewise("report", "--week", "2026-W47", "--text", home=home, today=tuesday).stdout
    flat = " ".join(done.split())
    assert "Of the plan for this week: 2 of 3 exercise sessions done." in flat
    assert "Step 2 of 4. Next, after two good sessions" in flat
    assert kneewise("exercise", "list", home=home, today=tuesday).stdout.count("Mini-squats") == 3
    assert kneewise("exercise", "undo", "squat", "--day", days[1], home=home, today=tuesday).exit_code == 0
    assert "were not told for" in refusal("exercise", "undo", "squat", "--day", days[1], home=home)


def test_a_red_flag_of_today_stops_the_plan_that_was_given_before(home: Path, tmp_path: Path) -> None:
    with open_logbook(home / "logbook.sqlite") as logbook:
        logbook.put_check_in(CheckIn("jonas", MONDAY, can_bear_weight=False))
    plan = json.loads(kneewise("plan", "--json", home=home).stdout)
    assert (plan["exercises"], plan["days"], plan["longest_run_m"]) == ([], [], None)
    assert plan["red_flags"] == ["cannot_bear_weight"]
    said = refusal("plan", "--ics", tmp_path / "none.ics", home=home)
    assert "nothing to put into a calendar" in said
    assert not (tmp_path / "none.ics").exists()


def test_days_to_come_and_steps_that_are_not_there_are_refused(home: Path) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    assert "has not come yet" in refusal("exercise", "done", "squat", "--day", tomorrow, home=home)
    assert "4 steps" in refusal("exercise", "done", "squat", "--step", "5", home=home)
