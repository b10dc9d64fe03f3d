"""Deletes an athlete and everything that is theirs, and writes a receipt that says nothing about them.

It may be interrupted: done once more, it deletes what is left. While it works nobody else writes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipelines import rebuilding
from pipelines.belongings import receipts, run_history
from pipelines.belongings.receipts import Files, Receipt
from pipelines.errors import KneewiseError
from pipelines.logbook import deleting as told
from pipelines.originals import forget
from pipelines.settings import Settings
from pipelines.steps import Home
from pipelines.warehouse import deleting as worked_out
from pipelines.warehouse import store


def delete(home: Home, athlete: str, patience_s: float = store.WAIT_FOR_WRITER_S) -> Receipt:
    """Delete the athlete of this id. Raises KneewiseError if nothing of them is here, BusyError during a sync."""
    settings = home.settings
    unfinished = receipts.unfinished(settings.home, athlete)
    if not unfinished.exists() and all(person.id != athlete for person in home.logbook.athletes()):
        raise KneewiseError(f"there is nothing of an athlete {athlete!r} here. See: kneewise athlete list")
    fresh = settings.warehouse_path.with_name(f"{settings.warehouse_path.name}.new")
    with store.open_for_writing(settings.warehouse_path, patience_s) as db:
        unfinished.touch(mode=0o600)
        told_rows = told.delete_rows(home.logbook, athlete)
        files = _delete_files(settings, athlete)
        derived_rows = worked_out.delete_rows(db, athlete)
        worked_out.copy_what_is_left(db, fresh)
    rebuilding.put_in_place(fresh, settings.warehouse_path)
    with store.open_for_writing(settings.warehouse_path) as db:
        store.publish(db, settings.warehouse_path, settings.published_path)
    told.scrub(home.logbook)
    receipt = receipts.new_receipt(athlete, settings.now(), told_rows, derived_rows, files)
    receipts.keep(settings.home, receipt)
    unfinished.unlink()
    return receipt


def _delete_files(settings: Settings, athlete: str) -> dict[str, Files]:
    originals = forget(settings.originals_path, athlete)
    return {
        "originals": _delete(originals),
        "inbox": _delete_folder(settings.inbox_path / athlete),
        "reports": _delete_folder(settings.reports_path / athlete),
        # what is about everybody together is made anew when it is next asked for
        "reports about everybody": _delete(_files_in(settings.reports_path)),
        "run history": run_history.delete(settings.prefect_path, athlete),
    }


def _files_in(folder: Path) -> Sequence[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _delete_folder(folder: Path) -> Files:
    counted = Files.of(path for path in folder.rglob("*") if path.is_file())
    if folder.is_dir():
        shutil.rmtree(folder)
    return counted


def _delete(paths: Iterable[Path]) -> Files:
    found = list(paths)
    counted = Files.of(found)
    for path in found:
        path.unlink()
    return counted
