"""A few hundred broken files: each ends as one row, none brings a process down or holds it up."""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from benchmarks import mutations  # noqa: E402
from benchmarks.mutants import FORMATS, mutant  # noqa: E402
from features.training_log import Athlete  # noqa: E402
from pipelines.intake import take_in  # noqa: E402
from pipelines.warehouse import store  # noqa: E402

COUNT = 300
SEED = 2


def test_every_broken_file_ends_in_time_and_with_a_reason() -> None:
    rows = list(mutations.run(SEED, COUNT, workers=1))
    assert sorted(row.number for row in rows) == list(range(COUNT))
    assert [row for row in rows if row.ending in mutations.BAD or row.seconds > mutations.LONGEST_S] == []
    assert all(row.reason for row in rows)
    read = Counter(row.kind for row in rows if row.ending == "imported")
    assert all(read[kind] > 5 for kind in FORMATS)  # broken, not destroyed: there is something to get wrong


def test_a_broken_file_is_the_same_again_from_its_seed_and_number() -> None:
    assert mutant(1, 40) == mutant(1, 40)
    assert len({mutant(seed, number) for seed in (1, 2) for number in range(0, 40, 4)}) > 15


def test_an_import_has_a_row_for_every_broken_file(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(COUNT):
        kind, content = mutant(SEED, number)
        (inbox / f"{number}.{kind}").write_bytes(content)
    now = datetime(2026, 11, 16, tzinfo=UTC)
    with store.open_for_writing(tmp_path / "warehouse.duckdb") as db:
        take_in(db, tmp_path / "originals", Athlete("ada", "Ada"), [inbox], 1, lambda *_: None, now)
        told = dict(db.execute("select path, reason from file").fetchall())
        (parted,) = db.execute(
            "select count(*) from recording full join track on recording.id = track.recording_id "
            "where recording.id is null or track.recording_id is null"
        ).fetchone()  # type: ignore[misc]
    assert parted == 0
    for path in inbox.iterdir():
        assert told[str(path)], path.name


def test_a_file_that_hangs_or_kills_its_reader_costs_itself_alone() -> None:
    hanging, dying = mutations.Worker(SEED), mutations.Worker(SEED)
    try:
        hanging.number, hanging.since = 4, time.monotonic() - 1
        assert hanging.row() is None  # there is time yet
        hanging.since = time.monotonic() - mutations.LONGEST_S
        dying.number, dying.since = 5, time.monotonic()
        dying.process.kill()
        dying.process.join()
        told = [(row.number, row.kind, row.ending) for row in (hanging.row(), dying.row()) if row]
        assert told == [(4, "fit", "hang"), (5, "gpx", "crash")]
        assert not hanging.process.is_alive()
    finally:
        hanging.end()
        dying.end()
