"""Taking files in: every file ends as one row, nothing is counted twice, originals are kept."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from features.training_log import Athlete
from pipelines.errors import KneewiseError
from pipelines.intake import Intake, take_in
from pipelines.warehouse import store

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
RUN = SAMPLES / "jonas" / "2026-04-21-easy.fit"
NOW = datetime(2026, 11, 16, tzinfo=UTC)
ADA = Athlete("ada", "Ada", zone="Europe/Berlin")


class Warehouse:
    """An open warehouse with its originals, and the files table as rows."""

    def __init__(self, db: store.Db, originals: Path) -> None:
        self.db, self.originals = db, originals

    def take(self, *paths: Path, athlete: Athlete = ADA, workers: int = 1) -> Intake:
        return take_in(self.db, self.originals, athlete, paths, workers, lambda *_: None, NOW)

    def files(self) -> list[dict[str, Any]]:
        answer = self.db.execute("select * exclude (mtime_ns) from file order by seen_at, path")
        columns = [column[0] for column in answer.description]
        return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]

    def count(self, table: str) -> int:
        row = self.db.execute(f"select count(*) from {table}").fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with store.open_for_writing(tmp_path / "warehouse.duckdb") as db:
        yield Warehouse(db, tmp_path / "originals")


def test_a_run_is_imported_and_its_very_bytes_are_kept(warehouse: Warehouse) -> None:
    assert warehouse.take(RUN).outcomes == {"imported": 1}
    (row,) = warehouse.files()
    sha = hashlib.sha256(RUN.read_bytes()).hexdigest()
    assert (row["outcome"], row["sha256"], row["path"]) == ("imported", sha, str(RUN))
    assert (warehouse.originals / sha[:2] / sha).read_bytes() == RUN.read_bytes()
    assert len(row["recording_ids"]) == warehouse.count("recording") == warehouse.count("track") == 1


def test_syncing_again_imports_nothing_and_changes_no_row(warehouse: Warehouse) -> None:
    warehouse.take(SAMPLES / "jonas" / "2026-04-21-easy.fit", SAMPLES / "mara" / "settings.fit")
    before = warehouse.files()
    again = warehouse.take(SAMPLES / "jonas" / "2026-04-21-easy.fit", SAMPLES / "mara" / "settings.fit")
    assert (again.known, again.outcomes, again.recordings) == (2, {}, 0)
    assert warehouse.files() == before


def test_the_same_content_is_one_activity_whatever_its_name_case_or_compression(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    shutil.copy(RUN, copies / "COPY.FIT")
    (copies / "copy.fit.gz").write_bytes(gzip.compress(RUN.read_bytes()))
    (copies / "no suffix at all").write_bytes(RUN.read_bytes())
    assert warehouse.take(RUN, copies).outcomes == {"imported": 1, "duplicate": 3}
    assert warehouse.count("recording") == 1
    ids = {tuple(row["recording_ids"]) for row in warehouse.files()}
    assert len(ids) == 1  # the copies point to the activity that counts


def test_a_duplicate_is_known_in_a_later_sync_too(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.take(RUN)
    copy = shutil.copy(RUN, tmp_path / "copy.fit")
    assert warehouse.take(Path(copy)).outcomes == {"duplicate": 1}


def test_a_file_that_returns_to_an_earlier_content_stays_imported(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path, other = tmp_path / "run.fit", SAMPLES / "jonas" / "2026-04-25-long.fit"
    for source in (RUN, other, RUN):
        path.write_bytes(source.read_bytes())
        warehouse.take(path)
    assert [row["outcome"] for row in warehouse.files()] == ["imported", "imported"]
    assert warehouse.take(RUN).outcomes == {"duplicate": 1}
    assert warehouse.count("recording") == 2


def test_a_name_that_is_no_utf8_costs_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/l\xe4uf.fit"
    with open(odd, "wb") as file:  # noqa: PTH123 - a name that Path's text has no letters for
        file.write(RUN.read_bytes())
    assert warehouse.take(tmp_path).outcomes["imported"] == 1
    assert warehouse.take(tmp_path).known >= 1
    assert any(row["path"].endswith("l\\xe4uf.fit") for row in warehouse.files())


def test_a_file_that_was_only_touched_stays_what_it_was(warehouse: Warehouse, tmp_path: Path) -> None:
    path = Path(shutil.copy(RUN, tmp_path / "run.fit"))
    warehouse.take(path)
    before = warehouse.files()
    os.utime(path, ns=(1, 1))
    for _ in range(2):
        assert warehouse.take(path).known == 1
    assert warehouse.files() == before


def test_two_athletes_may_bring_the_same_file(warehouse: Warehouse) -> None:
    bea = Athlete("bea", "Bea")
    assert warehouse.take(RUN).outcomes == {"imported": 1}
    assert warehouse.take(RUN, athlete=bea).outcomes == {"imported": 1}
    assert warehouse.count("recording") == 2


def test_a_file_that_changed_is_read_again(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(RUN.read_bytes()[:200])
    assert warehouse.take(path).outcomes == {"rejected": 1}
    path.write_bytes(RUN.read_bytes())
    assert warehouse.take(path).outcomes == {"imported": 1}
    assert [row["outcome"] for row in warehouse.files()] == ["rejected", "imported"]


@pytest.mark.parametrize(
    ("name", "content", "outcome", "words"),
    [
        ("empty.fit", b"", "rejected", "empty"),
        ("page.fit", b"<!DOCTYPE html><html><body>Sign in</body></html>", "rejected", "web page"),
        ("notes.txt", b"ran 10 km, felt fine\n", "ignored", "not a FIT, GPX or TCX"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(200), "ignored", "not a FIT, GPX or TCX"),
        ("cut.fit", RUN.read_bytes()[:120], "rejected", ""),
        (
            "bomb.gpx",
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><gpx>&b;</gpx>',
            "rejected",
            "entit",
        ),
    ],
)
def test_what_is_no_workout_gets_a_row_and_a_reason(
    warehouse: Warehouse, tmp_path: Path, name: str, content: bytes, outcome: str, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    intake = warehouse.take(tmp_path / name, RUN)
    assert intake.outcomes == {outcome: 1, "imported": 1}  # and the good file beside it is imported
    (row,) = [row for row in warehouse.files() if row["path"].endswith(name)]
    assert row["outcome"] == outcome
    assert words in row["reason"]
    assert row["reason"].endswith(".")


def test_a_file_larger_than_any_workout_is_refused_unread(warehouse: Warehouse, tmp_path: Path) -> None:
    huge = tmp_path / "huge.fit"
    with huge.open("wb") as sparse:
        sparse.truncate(2 * 2**30)
    assert warehouse.take(huge).outcomes == {"rejected": 1}
    assert "2048 MB" in warehouse.files()[0]["reason"]


def test_a_path_that_is_not_there_is_an_error_that_says_so(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(KneewiseError, match="is not there"):
        warehouse.take(tmp_path / "nowhere")


def test_worker_processes_give_the_same_rows_as_one_process(tmp_path: Path) -> None:
    seen = []
    for workers in (1, 2):
        with store.open_for_writing(tmp_path / f"{workers}.duckdb") as db:
            house = Warehouse(db, tmp_path / "originals")
            house.take(*sorted((SAMPLES / "mara").glob("2026-06*")), workers=workers)
            rows = db.execute("select * exclude (seen_at) from file order by path").fetchall()
            recordings = db.execute("select * exclude (imported_at) from recording order by id").fetchall()
            tracks = db.execute("select * from track order by recording_id").fetchall()
            seen.append((rows, recordings, [tuple(map(str, track)) for track in tracks]))
    assert seen[0] == seen[1]
    assert len(seen[0][0]) > 10
