"""A logbook of the first shape opens in the newest with everything that was told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex
from told_home import tell_once

from features.training_log import Athlete, CheckIn, Injury, Shoe, Side, Symptom
from pipelines.logbook import shoe_rules, shoes, tables
from pipelines.logbook.place import engine_of
from pipelines.logbook.store import LATEST, open_logbook
from reports.alerts import Notice

TOLD = """
insert into athlete values ('ada', 'Ada', 'Europe/London', 1990, 'female', 60.0, 'km', 'band,bike');
insert into injury values (1, 'ada', 'knee', 'right', '2025-11-01', '2026-02-01', 'PFP');
insert into shoe values ('ada', 'red', 'Red', '2026-04-01', 120000.0, 600000.0, 183, null);
insert into shoe_rule values (1, 'ada', 'red', '2026-04-01', null, null, null);
insert into shoe_rule values (2, 'ada', 'red', '2026-05-01', '2026-05-31', 'trail', 6);
insert into shoe_assignment values ('ada', 'run-1', 'red', true);
insert into shoe_assignment values ('ada', 'run-2', 'red', false);
insert into check_in values (1, 'ada', '2026-11-14', 2, null, 3, 'left', null, 'swelling', true, false, 'stairs');
insert into kept_apart values ('ada', 'run-3');
insert into file_decision values ('ada', 'abc', 'accept', null, null);
insert into notice values (1, 'ada', 'shoe', 'red', 'due', '2026-10-01', 'Check them.', '2026-10-01 06:00:00', null);
insert into notice values (2, 'ada', 'shoe', 'red', 'warn', '2026-10-01', 'Check them.', '2026-10-01 06:00:00', 'due');
"""


@pytest.fixture
def first_shape(each_store: str, request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A logbook as version 0.1 left it, on both stores."""
    place: Path | str = tmp_path / "logbook.sqlite"
    if each_store == "postgres":
        place = request.getfixturevalue("postgres").empty_database()
    engine = engine_of(place)
    config = Config()
    config.set_main_option("script_location", "pipelines.logbook:migrations")
    config.set_main_option("path_separator", "os")
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "0001")
        for statement in TOLD.strip().split(";\n"):
            db.exec_driver_sql(statement.rstrip(";"))
    engine.dispose()
    return place


def test_nothing_told_is_lost(first_shape: Path | str) -> None:
    with open_logbook(first_shape) as logbook:
        injury = Injury("ada", "knee", Side.RIGHT, date(2025, 11, 1), date(2026, 2, 1), "PFP")
        ada = logbook.athlete("ada")
        assert (ada.name, ada.injuries, ada.equipment) == ("Ada", (injury,), {"band", "bike"})
        assert (ada.resting_heart_rate_bpm, ada.highest_heart_rate_bpm) == (None, None)
        assert (ada.conditions, ada.runner_since, ada.other_sports) == (frozenset(), None, None)
        assert ada.week_start == "monday"
        assert shoes.shoes(logbook) == (Shoe("red", "ada", "Red", date(2026, 4, 1), 120_000.0),)
        first, second = shoe_rules.rules(logbook, "ada")
        assert first == shoe_rules.ShoeRule("ada", "red", date(2026, 4, 1), id=1)
        assert (second.id, second.to_day, second.sub_sport, second.weekday) == (
            2,
            date(2026, 5, 31),
            "trail",
            6,
        )
        (check_in,) = logbook.check_ins("ada", date.min, date.max)
        assert check_in == CheckIn(
            "ada",
            date(2026, 11, 14),
            2,
            None,
            3,
            Side.LEFT,
            None,
            frozenset({Symptom.SWELLING}),
            True,
            False,
            "stairs",
        )
        told = logbook.everything_told()
        assert told["shoe_assignment"] == [
            {"athlete": "ada", "activity": "run-1", "by_hand": True, "shoe": "red", "share": 1.0},
            {"athlete": "ada", "activity": "run-2", "by_hand": False, "shoe": "red", "share": 1.0},
        ]
        assert (len(told["kept_apart"]), len(told["file_decision"])) == (1, 1)


def test_what_was_announced_before_is_not_announced_again(first_shape: Path | str) -> None:
    due = Notice("ada", "shoe", "red", "due", date(2026, 11, 15), "Check them.", ("warn", "due"))
    with open_logbook(first_shape) as logbook:
        assert tell_once(logbook, [due]) == ()
        assert [notice.stage for notice, _ in logbook.notices()] == ["due"]


def test_the_shape_is_exactly_that_of_the_code(first_shape: Path | str) -> None:
    with open_logbook(first_shape) as logbook, logbook.engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), tables.metadata) == []


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    first_shape: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(first_shape)

    def full_disk(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Operations, "create_index", full_disk)
        with pytest.raises(OSError, match="no space"), open_logbook(first_shape):
            pass
    assert dump(first_shape) == before
    with open_logbook(first_shape) as logbook:
        assert logbook.athlete("ada").name == "Ada"


def test_two_who_open_it_at_once_migrate_it_once(first_shape: Path | str) -> None:
    def open_it(_: int) -> int:
        with open_logbook(first_shape) as logbook:
            return len(logbook.everything_told()["shoe_assignment"])

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(open_it, range(2))) == [2, 2]
    assert dump(first_shape)["alembic_version"] == [("version_num",), (LATEST,)]


def test_an_athlete_stays_one_whom_runs_may_name(first_shape: Path | str) -> None:
    with open_logbook(first_shape) as logbook:
        logbook.add_athlete(Athlete("bea", "Bea"))
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            shoes.add_shoe(logbook, Shoe("red", "nobody", "Red", date(2026, 4, 1)))


def test_the_index_of_standing_stages_is_partial_on_a_server_too() -> None:
    (index,) = tables.notice.indexes
    statement = str(CreateIndex(index).compile(dialect=postgresql.dialect()))
    assert statement.endswith("WHERE lapsed_at IS NULL")


def dump(place: Path | str) -> dict[str, list[tuple[object, ...]]]:
    """Table → the names of its columns, and its rows."""
    engine = engine_of(place)
    with engine.connect() as db:
        found = {}
        for table in inspect(db).get_table_names():
            rows = db.exec_driver_sql(f"select * from {table}")
            found[table] = [tuple(rows.keys()), *sorted(map(tuple, rows), key=repr)]
    engine.dispose()
    return found
