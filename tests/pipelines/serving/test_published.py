"""A long-lived reader always reads the newest copy, and the one it began with to the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from features.training_log import Athlete
from pipelines import settings, steps
from pipelines.errors import KneewiseError, OutdatedError
from pipelines.serving.reach import reaching
from pipelines.warehouse import store
from pipelines.warehouse.published import Published


def publish(folder: Path, number: int) -> Path:
    with store.open_for_writing(folder / "warehouse.duckdb") as db:
        db.execute(f"create or replace table told as select {number} as number")
        store.publish(db, folder / "warehouse.duckdb", folder / "published.duckdb")
    return folder / "published.duckdb"


def read(db: store.Db) -> int:
    return int(db.execute("select number from told").fetchall()[0][0])


def test_a_copy_that_takes_the_place_of_another_is_read_at_once(tmp_path: Path) -> None:
    published = Published(publish(tmp_path, 1))
    with published.reading() as early:
        first = published.identity()
        publish(tmp_path, 2)
        with published.reading() as late:
            assert (read(early), read(late)) == (1, 2)
    assert published.identity() != first
    published.close()


def test_twenty_readers_read_while_copies_are_published(tmp_path: Path) -> None:
    published = Published(publish(tmp_path, 0))

    def look(_: int) -> list[int]:
        seen = []
        for _ in range(20):
            with published.reading() as db:
                seen.append(read(db))
        return seen

    with ThreadPoolExecutor(20) as pool:
        looking = [pool.submit(look, n) for n in range(20)]
        for number in (1, 2, 3):
            publish(tmp_path, number)
        for one in looking:
            assert one.result() == sorted(one.result())
    with published.reading() as db:
        assert read(db) == 3
    published.close()


def test_nothing_published_and_an_old_copy_are_told_apart(tmp_path: Path) -> None:
    published = Published(tmp_path / "published.duckdb")
    assert published.identity() is None
    with pytest.raises(KneewiseError, match="nothing has been synced yet"), published.reading():
        pass
    publish(tmp_path, 1)
    with store.open_for_writing(tmp_path / "warehouse.duckdb") as db:
        db.execute("delete from schema_version where number > 1")
        store.publish(db, tmp_path / "warehouse.duckdb", tmp_path / "published.duckdb")
    with pytest.raises(OutdatedError), published.reading():
        pass


def test_the_state_changes_with_what_is_told_and_with_what_is_published(tmp_path: Path) -> None:
    config = settings.load(tmp_path)
    with reaching(config) as reach:
        states = [reach.state(), reach.state()]
        with steps.open_home(config) as another_process:
            another_process.logbook.add_athlete(Athlete("ada", "Ada"))
        states.append(reach.state())
        publish(tmp_path, 1)
        states.append(reach.state())
    assert states[0] == states[1]
    assert len(set(states)) == 3
