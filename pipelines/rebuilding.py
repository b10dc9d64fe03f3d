"""Reads every kept original again into a fresh warehouse, and puts it in place of the old one.

For a new version that reads files better, or a warehouse that was lost or damaged. What people
told us stays as it is; recordings keep their names, so decisions and shoes stay attached.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from features.training_log import Athlete
from pipelines.decoders import Decoders, Job
from pipelines.finding import Found
from pipelines.intake import BATCH_FILES, Tick, put_away
from pipelines.originals import kept_files, kept_titles, original_of
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from pipelines.warehouse.writing import Batch, FileRow, name_recordings, write_batch


def read_again(
    old: Db, new: Db, originals: Path, people: dict[str, Athlete], workers: int, tick: Tick, now: datetime
) -> dict[str, int]:
    """Fill the new warehouse from the originals, as the old one's rows and the index name them.

    Rows without a kept original (duplicates, what was no workout, archives) are taken over.
    Returns how many rows ended with which outcome.
    """
    rows = [row for row in all_rows(old, originals) if row.athlete in people]
    titles = kept_titles(originals) | reading.titles(old)
    batch = Batch()
    counts: dict[str, int] = {}
    with Decoders(workers) as decoders:
        for done, row in enumerate(rows, 1):
            original = original_of(originals, row.sha256)
            if row.outcome in ("imported", "rejected", "") and row.sha256 and original.is_file():
                decoders.submit(Job(Found(row, original.read_bytes()), people[row.athlete], now))
            else:
                batch.files.append(row)
            for found, decoded in decoders.finished():
                put_away(batch, found.row, decoded)
            batch = _stored(new, batch, counts, BATCH_FILES)
            tick(done, len(rows), row.path)
        for found, decoded in decoders.all_finished():
            put_away(batch, found.row, decoded)
            batch = _stored(new, batch, counts, BATCH_FILES)
    _stored(new, batch, counts, 1)
    name_recordings(new, titles)
    return counts


def all_rows(old: Db, originals: Path) -> list[FileRow]:
    """The old warehouse's file rows, and those that only the index of the originals still knows."""
    rows = reading.file_rows(old)
    known = {(row.athlete, row.path, row.sha256) for row in rows}
    rows += [row for row in kept_files(originals) if (row.athlete, row.path, row.sha256) not in known]
    return sorted(rows, key=lambda row: (row.seen_at, row.path))


def put_in_place(fresh: Path, warehouse: Path) -> None:
    """Replace the warehouse in one step. Call it while neither is open."""
    os.replace(fresh, warehouse)


def missing_originals(db: Db, originals: Path) -> Iterator[FileRow]:
    """Imported files whose original is gone: they cannot be read again."""
    for row in all_rows(db, originals):
        if row.outcome in ("imported", "") and not original_of(originals, row.sha256).is_file():
            yield row


def _stored(db: Db, batch: Batch, counts: dict[str, int], at_least: int) -> Batch:
    """Write the batch once it is large enough, and hand out the next."""
    if len(batch) < at_least:
        return batch
    write_batch(db, batch)
    for row in batch.files:
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
    return Batch()
