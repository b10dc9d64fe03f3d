"""The logbook keeps what people told us, in a real SQLite file and on a real PostgreSQL server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from told_home import tell_once

from features.self_check import Posture, SelfCheck
from features.training_log import Athlete, CheckIn, Condition, Injury, Onset, Sex, Shoe, Side, Symptom
from pipelines.errors import KneewiseError
from pipelines.logbook import self_checks, shoes, tables
from pipelines.logbook.store import LATEST, Logbook, open_logbook, slug
from reports.alerts import Notice

ADA = Athlete(
    id="ada",
    name="Ada",
    zone="Europe/London",
    birth_year=1990,
    sex=Sex.FEMALE,
    mass_kg=60.0,
    equipment=frozenset({"band", "bike"}),
    conditions=frozenset({Condition.GOUT, Condition.OSTEOARTHRITIS}),
    runner_since=2019,
    other_sports="tennis, 2 h a week",
    week_start="sunday",
    injuries=(Injury("ada", "knee", Side.RIGHT, date(2025, 11, 1), date(2026, 2, 1), "PFP"),),
)
BEA = Athlete(id="bea", name="Bea")


@pytest.fixture
def logbook(logbook_place: Path | str) -> Iterator[Logbook]:
    with open_logbook(logbook_place) as opened:
        opened.add_athlete(ADA)
        opened.add_athlete(BEA)
        yield opened


def a_notice(stage: str, covers: tuple[str, ...], athlete: str = "ada") -> Notice:
    return Notice(athlete, "shoe", "red", stage, date(2026, 11, 15), f"Check the red pair: {stage}.", covers)


def test_an_athlete_comes_back_as_told(logbook: Logbook) -> None:
    assert logbook.athlete("ada") == ADA
    assert logbook.athlete("Bea") == BEA


def test_without_a_name_the_only_athlete_is_meant_and_several_are_asked_about(
    logbook_place: Path | str,
) -> None:
    with open_logbook(logbook_place) as logbook:
        with pytest.raises(KneewiseError, match="athlete add"):
            logbook.athlete(None)
        logbook.add_athlete(BEA)
        assert logbook.athlete(None) == BEA
        logbook.add_athlete(ADA)
        with pytest.raises(KneewiseError, match="ada, bea"):
            logbook.athlete(None)
        with pytest.raises(KneewiseError, match="no athlete is called 'eve'"):
            logbook.athlete("eve")


def test_an_id_is_taken_once(logbook: Logbook) -> None:
    with pytest.raises(KneewiseError, match="already an athlete 'ada'"):
        logbook.add_athlete(Athlete(id="ada", name="Another Ada"))


def test_an_unknown_zone_is_refused(logbook: Logbook) -> None:
    with pytest.raises(KneewiseError, match="not a time zone"):
        logbook.add_athlete(Athlete(id="eve", name="Eve", zone="Mars/Olympus"))
    assert [a.id for a in logbook.athletes()] == ["ada", "bea"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Mara Lind", "mara-lind"), ("Jürgen Größe", "jurgen-groe"), ("../../x", "x"), ("走る", "id-d3e9afc7")],
)
def test_an_id_is_safe_in_paths_whatever_the_name(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_check_in_comes_back_and_a_second_one_of_the_day_replaces_it(logbook: Logbook) -> None:
    first = CheckIn("ada", date(2026, 11, 14), pain_running=0, pain_after=None, can_bear_weight=True)
    second = CheckIn(
        "ada",
        date(2026, 11, 14),
        pain_running=2,
        side=Side.RIGHT,
        onset=Onset.GRADUAL,
        symptoms=frozenset({Symptom.SWELLING, Symptom.STIFFNESS}),
        after_trauma=False,
        note="stairs",
    )
    logbook.put_check_in(first)
    assert logbook.check_ins("ada", date.min, date.max) == (first,)
    logbook.put_check_in(second)
    assert logbook.check_ins("ada", date.min, date.max) == (second,)
    assert logbook.check_ins("bea", date.min, date.max) == ()


def test_a_self_check_comes_back_and_a_second_one_of_the_day_replaces_it(logbook: Logbook) -> None:
    day = date(2026, 11, 14)
    first = SelfCheck("ada", day, {Posture.HIPS_LEVEL: True, Posture.FEET_ARCHED: False})
    second = SelfCheck("ada", day, {Posture.FEET_ARCHED: True})
    earlier = SelfCheck("ada", date(2026, 10, 1), {Posture.BACK_FREE: False})
    for told in (first, second, earlier):
        self_checks.put_self_check(logbook, told)
    assert self_checks.self_checks(logbook, "ada") == (earlier, second)
    assert self_checks.self_checks(logbook, "bea") == ()


def test_check_ins_are_asked_for_by_days_both_inclusive(logbook: Logbook) -> None:
    days = [date(2026, 11, d) for d in (1, 2, 3, 4)]
    for day in days:
        logbook.put_check_in(CheckIn("ada", day, pain_after=0))
    assert [c.day for c in logbook.check_ins("ada", days[1], days[2])] == days[1:3]


def test_each_stage_is_told_once_for_each_athlete(logbook: Logbook) -> None:
    warn, due = a_notice("warn", ("warn",)), a_notice("due", ("warn", "due"))
    assert tell_once(logbook, [warn]) == (warn,)
    assert tell_once(logbook, [warn]) == ()
    assert tell_once(logbook, [due]) == (due,)
    assert tell_once(logbook, [due, warn]) == ()
    theirs = a_notice("warn", ("warn",), athlete="bea")
    assert tell_once(logbook, [theirs]) == (theirs,)


def test_a_lower_stage_is_never_told_after_a_higher_one(logbook: Logbook) -> None:
    assert len(tell_once(logbook, [a_notice("due", ("warn", "due"))])) == 1
    assert tell_once(logbook, [a_notice("warn", ("warn",))]) == ()
    assert [notice.stage for notice, _ in logbook.notices()] == ["due"]


def test_told_notices_outlive_the_process(logbook_place: Path | str) -> None:
    for expected in (1, 0):
        with open_logbook(logbook_place) as logbook:
            if expected:
                logbook.add_athlete(ADA)
            assert len(tell_once(logbook, [a_notice("warn", ("warn",))])) == expected


def test_shoes_are_each_athletes_own(logbook: Logbook) -> None:
    for athlete in ("ada", "bea"):
        shoes.add_shoe(logbook, Shoe("red", athlete, "Red", date(2026, 4, 1)))
    with pytest.raises(KneewiseError, match="already has shoes 'red'"):
        shoes.add_shoe(logbook, Shoe("red", "ada", "Red again", date(2026, 5, 1)))
    shoes.retire_shoe(logbook, "ada", "red", date(2026, 11, 1))
    assert shoes.shoe(logbook, "ada", "Red").retired_on == date(2026, 11, 1)
    assert shoes.shoe(logbook, "bea", "red").retired_on is None
    with pytest.raises(KneewiseError, match="There are: red"):
        shoes.shoe(logbook, "ada", "blue")


def test_the_migrations_lead_to_exactly_the_tables_in_code(logbook: Logbook) -> None:
    with logbook.engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), tables.metadata) == []


def test_the_latest_migration_is_the_one_that_opening_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", "pipelines.logbook:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == LATEST


def test_opening_twice_migrates_once(tmp_path: Path) -> None:
    path = tmp_path / "logbook.sqlite"
    for _ in range(2):
        with open_logbook(path):
            pass
    with sqlite3.connect(path) as db:
        assert db.execute("select count(*) from alembic_version").fetchone() == (1,)


def test_an_id_is_meant_before_a_name_and_a_name_of_two_is_asked_about(logbook_place: Path | str) -> None:
    with open_logbook(logbook_place) as logbook:
        logbook.add_athlete(Athlete(id="anna", name="mara"))
        logbook.add_athlete(Athlete(id="mara", name="Mara"))
        logbook.add_athlete(Athlete(id="eva", name="Eve"))
        logbook.add_athlete(Athlete(id="evi", name="Eve"))
        assert logbook.athlete("mara").id == "mara"
        with pytest.raises(KneewiseError, match="eva, evi"):
            logbook.athlete("Eve")
