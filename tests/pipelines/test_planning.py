"""``plan-check``: lengths and days as people write them, and what a planned run does to the level."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pipelines_cli import answer, kneewise

from pipelines.commands.planning import a_length, planned_day
from pipelines.errors import KneewiseError

PROJECT = Path(__file__).resolve().parents[2]
MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    "text, metres",
    [
        ("18km", 18_000),
        ("18", 18_000),
        ("11 mi", 17_702.784),
        ("400m", 400),
        ("1300ft", 396.24),
        ("7,5 km", 7_500),
    ],
)
def test_a_length_may_be_written_as_people_do(text: str, metres: float) -> None:
    assert a_length(text, "km") == pytest.approx(metres)


@pytest.mark.parametrize("text", ["far", "", "-3km", "10 miles", "1e3km", "km", "2000km"])
def test_what_is_no_length_is_refused_in_words(text: str) -> None:
    with pytest.raises(KneewiseError, match=r"looks like 18km|longer than any run"):
        a_length(text, "km")


@pytest.mark.parametrize(
    "text, day",
    [
        ("today", MONDAY), ("mon", MONDAY), ("tomorrow", date(2026, 11, 17)), ("sat", date(2026, 11, 21)),
        ("Sunday", date(2026, 11, 22)), ("2026-11-18", date(2026, 11, 18)),
    ],
)  # fmt: skip
def test_a_day_may_be_a_weekday_or_a_date(text: str, day: date) -> None:
    assert planned_day(text, MONDAY) == day


@pytest.mark.parametrize(
    "text, says",
    [
        ("2026-11-15", "is over"),
        ("2026-12-16", "too far ahead"),
        ("someday", "is not a date"),
        ("s", "is not a date"),
    ],
)
def test_a_day_that_cannot_be_planned_is_refused(text: str, says: str) -> None:
    with pytest.raises(KneewiseError, match=says):
        planned_day(text, MONDAY)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mara's ordinary half year, up to Monday 16 November 2026; her longest run of the month is 20.0 km."""
    made = tmp_path_factory.mktemp("home")
    assert kneewise("athlete", "add", "Mara", home=made).returncode == 0
    assert kneewise("sync", PROJECT / "data_samples" / "mara", home=made).returncode == 0
    return made


def test_a_plan_within_the_month_changes_nothing(home: Path) -> None:
    told = answer("plan-check", "--distance", "15km", "--day", "sat", home=home)
    assert (told["without"]["level"], told["planned"]["level"]) == ("low", "low")
    assert (told["day"], told["distance_m"], told["descent_m"]) == ("2026-11-21", 15_000.0, None)


def test_a_plan_beyond_the_month_says_what_it_would_do_and_why(home: Path) -> None:
    told = answer("plan-check", "--distance", "30km", "--descent", "400m", "--day", "sat", home=home)
    assert (told["without"]["level"], told["planned"]["level"]) == ("low", "elevated")
    assert {r["code"] for r in told["planned"]["reasons"]} == {"session_spike", "descent_novelty"}
    assert told["longest_that_keeps_m"] < 30_000
    longest = f"{told['longest_that_keeps_m'] / 1000 - 0.05:.1f}km"
    again = answer("plan-check", "--distance", longest, "--day", "sat", home=home)
    assert again["planned"]["level"] == "low"
    text = kneewise("plan-check", "--distance", "30km", "--descent", "400m", "--day", "sat", home=home).stdout
    assert "Without it: ● low" in text
    assert "With it:    ▲ elevated" in text
    assert "in 1,000 ordinary runs" in text
    assert max(map(len, text.splitlines())) <= 72


def test_a_kept_plan_that_would_raise_the_level_is_warned_of_once_for_each_plan(home: Path) -> None:
    def warned() -> list[str]:
        kneewise("sync", PROJECT / "data_samples" / "mara", home=home)
        return [a["text"] for a in answer("alerts", home=home) if a["kind"] == "planned_run"]

    plan = ("plan-check", "--day", "sat", "--distance")
    assert kneewise(*plan, "15km", "--keep", home=home).returncode == 0
    assert warned() == []
    kneewise(*plan, "30km", "--keep", home=home)
    (text,) = warned()
    assert text.startswith(
        "The 30.0 km that you plan for Saturday 21 November 2026 would raise your level from low"
    )
    assert "one long run. Up to" in text
    assert len(warned()) == 1
    kneewise(*plan, "31km", "--keep", home=home)
    assert len(warned()) == 2
    kneewise(*plan, "42km", "--keep", home=home)
    assert kneewise(*plan, "42km", "--forget", home=home).returncode == 0
    assert len(warned()) == 2
    refused = kneewise(*plan, "0km", "--keep", home=home)
    assert refused.returncode != 0 and "--forget" in refused.stderr


def test_a_plan_for_a_painful_knee_says_that_the_knee_comes_first(home: Path) -> None:
    from datetime import timedelta

    from features.training_log import CheckIn
    from pipelines.logbook.store import open_logbook

    with open_logbook(home / "logbook.sqlite") as logbook:
        logbook.put_check_in(CheckIn("mara", MONDAY - timedelta(days=1), pain_running=6))
    told = answer("plan-check", "--distance", "5km", home=home)
    assert (told["planned"]["level"], told["planned"]["overridden_by"]) == ("high", "painful")
    text = kneewise("plan-check", "--distance", "5km", home=home).stdout
    assert "No planned run changes that." in text
    assert "Up to" not in text


def test_why_refuses_two_different_athletes(home: Path) -> None:
    assert kneewise("athlete", "add", "Jo", home=home).returncode == 0
    done = kneewise("why", "mara", "-a", "jo", home=home)
    assert done.returncode != 0
    assert "two athletes" in done.stderr
    assert kneewise("why", "mara", "-a", "Mara", home=home).returncode == 0
