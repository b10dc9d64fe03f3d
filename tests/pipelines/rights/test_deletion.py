"""After a deletion no file of the home holds a word of the athlete, and everybody else is as before."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import full_home
import pytest
from pipelines_cli import PROJECT, kneewise

from features.training_log import Athlete, Week
from pipelines import settings, steps
from pipelines.belongings import deleting, receipts
from pipelines.errors import BusyError, KneewiseError
from pipelines.logbook import belongings, consents, looks, share_offers
from pipelines.logbook import deleting as told
from pipelines.logbook.looks import Look
from pipelines.originals import kept_files, original_of
from pipelines.steps import Home, open_home
from pipelines.warehouse import deleting as worked_out
from pipelines.warehouse import store
from reports.dashboard.viewer import Scope

XAN = Athlete("xanthippe", "Xanthippe Quill", "Europe/Berlin", 1990)
JO = Athlete("jonas", "Jonas", "Europe/Berlin")
FILES = sorted((full_home.SAMPLES / "mara").rglob("*.*"))
HERS, SHARED, HIS = FILES[:8], FILES[8:10], sorted((full_home.SAMPLES / "jonas").rglob("*.*"))[:6]
WORDS = (b"xanthippe", b"quill", b"zqxanthippe")


@contextmanager
def a_home(folder: Path) -> Iterator[Home]:
    config = settings.load(folder).model_copy(update={"today": date(2026, 11, 16), "workers": 1})
    with open_home(config) as home:
        yield home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two athletes with runs, two files of which both have; reports, inbox, rows in every table."""
    with a_home(tmp_path / "home") as home:
        inbox = home.settings.inbox_path / XAN.id / "uploads" / "1"
        inbox.mkdir(parents=True)
        for path in HERS:
            (inbox / f"quill-{path.name}").write_bytes(path.read_bytes())
        full_home.with_runs(home, XAN, [inbox, *SHARED])
        full_home.with_runs(home, JO, [*HIS, *SHARED])
        for athlete in (XAN, JO):
            full_home.tell_everything(home, athlete.id)
        steps.bring_up_to_date(home)
        with store.open_published(home.settings.published_path) as db:
            for athlete in (XAN, JO):
                steps.report(home, db, athlete, Week(2026, 46))
        (home.settings.reports_path / "backtest.html").write_text("Xanthippe Quill had 3 alarms")
        taken = {row.athlete for row in kept_files(home.settings.originals_path)}
    assert taken == {"xanthippe", "jonas"}
    return tmp_path / "home"


def found_in(folder: Path, words: tuple[bytes, ...]) -> set[str]:
    """Files, by name and by content in any case, that hold one of the words."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if any(word in str(path.relative_to(folder)).lower().encode() for word in words)
        or (path.is_file() and any(word in path.read_bytes().lower() for word in words))
    }


def test_no_file_holds_a_word_of_them_and_the_others_have_all_of_theirs(folder: Path) -> None:
    before = found_in(folder, WORDS)
    assert {"logbook.sqlite", "warehouse.duckdb", "published.duckdb", "originals/index.jsonl"} <= before
    with a_home(folder) as home:
        originals = home.settings.originals_path
        hers = {row.sha256 for row in kept_files(originals) if row.athlete == "xanthippe"}
        his = {row.sha256 for row in kept_files(originals) if row.athlete == "jonas"}
        assert hers & his and hers - his
        his_rows = belongings.rows_of(home.logbook, "jonas")
        his_days = derived_days(home)
        receipt = deleting.delete(home, "xanthippe")
        assert found_in(folder, WORDS) == set()
        assert not any(original_of(originals, sha256).exists() for sha256 in hers - his)
        assert all(original_of(originals, sha256).exists() for sha256 in his)
        assert belongings.rows_of(home.logbook, "jonas") == his_rows
        assert derived_days(home) == his_days
        assert [athlete.id for athlete in home.logbook.athletes()] == ["jonas"]
        with store.open_for_writing(home.settings.warehouse_path) as db:
            assert worked_out.delete_rows(db, "xanthippe") == {}
        steps.rebuild(home, lambda _: nullcontext(lambda *_: None))  # nothing of the others is missing
        assert derived_days(home) == his_days
    assert receipt.files["originals"].files == len(hers - his)


def derived_days(home: Home) -> list[tuple[object, ...]]:
    with store.open_published(home.settings.published_path) as db:
        return db.execute("select * from athlete_day where athlete = 'jonas' order by day").fetchall()


def test_the_bytes_of_their_files_are_gone(folder: Path) -> None:
    pieces = tuple(path.read_bytes()[200:232].lower() for path in HERS if path.stat().st_size > 300)
    assert found_in(folder, pieces)
    with a_home(folder) as home:
        deleting.delete(home, "xanthippe")
    assert found_in(folder, pieces) == set()


def test_deleting_rows_alone_would_leave_their_words_in_both_databases(folder: Path) -> None:
    """Why the files are rewritten."""
    with a_home(folder) as home, store.open_for_writing(home.settings.warehouse_path) as db:
        told.delete_rows(home.logbook, "xanthippe")
        worked_out.delete_rows(db, "xanthippe")
        db.execute("checkpoint")
    left = found_in(folder, WORDS)
    assert "warehouse.duckdb" in left
    with a_home(folder) as home:
        told.scrub(home.logbook)
    assert "logbook.sqlite" not in found_in(folder, WORDS)


def test_whom_they_coached_keeps_that_somebody_had_access_and_not_who(folder: Path) -> None:
    now = datetime(2026, 11, 16, 12, tzinfo=UTC)
    with a_home(folder) as home:
        with home.logbook.engine.connect() as db:
            (account,) = db.exec_driver_sql("select id from account where athlete = 'xanthippe'").one()
        code = share_offers.offer(home.logbook, "jonas", [Scope.TRAINING], now)
        share_offers.accept(home.logbook, code, account, "Xanthippe Quill", now)
        invited = "insert into invitation (token_sha256, role, email, created_at, expires_at) select 'x', 'athlete', "
        with home.logbook.engine.begin() as db:
            db.exec_driver_sql(f"{invited} email, created_at, created_at from account where id = {account}")
        looks.put(home.logbook, [Look("jonas", account, now, "/history", "Xanthippe Quill")])
        deleting.delete(home, "xanthippe")
        (given, *_) = consents.history(home.logbook, "jonas")
        assert (given.coach, given.coach_name, given.change) == (account, told.GONE, "accepted")
        assert {look.coach_name for look in looks.looks(home.logbook, "jonas", now)} == {told.GONE}
    assert found_in(folder, WORDS) == set()


def test_on_a_server_no_row_of_them_is_left_either(tmp_path: Path, each_store: str) -> None:
    with a_home(tmp_path / "home") as home:
        for athlete in (XAN, JO):
            home.logbook.add_athlete(athlete)
            full_home.tell_everything(home, athlete.id)
        his_rows = belongings.rows_of(home.logbook, "jonas")
        receipt = deleting.delete(home, "xanthippe")
        assert receipt.told["check_in"] == 1
        assert not any(belongings.rows_of(home.logbook, "xanthippe").values())
        assert belongings.rows_of(home.logbook, "jonas") == his_rows


def test_the_receipt_counts_and_names_nobody(folder: Path) -> None:
    with a_home(folder) as home:
        expected = {table: len(rows) for table, rows in belongings.rows_of(home.logbook, "xanthippe").items()}
        receipt = deleting.delete(home, "xanthippe")
        kept = json.loads((folder / "receipts" / f"{receipt.number}.json").read_text())
    expected["attachment"] = 1
    assert kept["told"] == {table: count for table, count in expected.items() if count}
    assert kept["derived"]["recording"] == kept["derived"]["track"] > 5
    assert receipt.is_about("xanthippe") and not receipt.is_about("jonas")
    assert not any(word.decode() in json.dumps(kept).lower() for word in WORDS)
    words = receipts.lines(receipt)
    assert words[0].startswith(f"Receipt {receipt.number}: deleted at")
    assert f"logbook check_in: {expected['check_in']} rows" in words


def test_an_interrupted_deletion_is_finished_by_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise OSError("no space left on device")

    with a_home(folder) as home:
        with monkeypatch.context() as patched:
            patched.setattr(worked_out, "copy_what_is_left", crash)
            with pytest.raises(OSError, match="no space"):
                deleting.delete(home, "xanthippe")
        deleting.delete(home, "xanthippe")
        with pytest.raises(KneewiseError, match="there is nothing of"):
            deleting.delete(home, "xanthippe")
    assert found_in(folder, WORDS) == set()


def test_nobody_is_deleted_by_mistake_or_during_a_sync(folder: Path) -> None:
    with a_home(folder) as home:
        with pytest.raises(KneewiseError, match="nothing of an athlete 'nobody'"):
            deleting.delete(home, "nobody")
        path = home.settings.warehouse_path
        holder = f"import duckdb, sys; db = duckdb.connect({str(path)!r}); print('held', flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None and other.stdin is not None
            other.stdout.readline()
            with pytest.raises(BusyError):
                deleting.delete(home, "xanthippe", patience_s=0)
            other.stdin.close()
        assert [athlete.id for athlete in home.logbook.athletes()] == ["jonas", "xanthippe"]


def test_every_table_of_the_warehouse_says_whose_its_rows_are(folder: Path) -> None:
    with a_home(folder) as home, store.open_for_writing(home.settings.warehouse_path) as db:
        assert (
            worked_out.owned_by(db)["track"] == "recording_id in (select id from recording where athlete = ?)"
        )
        db.execute("create table stray (word text)")
        with pytest.raises(LookupError, match="stray"):
            worked_out.owned_by(db)


def test_the_command_asks_for_the_id(folder: Path) -> None:
    words = [sys.executable, "-m", "pipelines.cli", "athlete", "delete", "xanthippe", "--home", str(folder)]
    done = subprocess.run(
        words, input="Xanthippe\n", capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert (done.returncode, "nothing was deleted" in done.stderr) == (1, True)
    done = kneewise("athlete", "delete", "xanthippe", "--yes", home=folder)
    assert (done.returncode, "originals: " in done.stdout) == (0, True), done.stderr
    assert found_in(folder, WORDS) == set()


@pytest.mark.slow
def test_the_history_of_runs_forgets_them_too(tmp_path: Path) -> None:
    kneewise("athlete", "add", "Xanthippe Quill", "--id", "xanthippe", home=tmp_path)
    done = kneewise("sync", HERS[0], "--flow", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "prefect/prefect.db" in found_in(tmp_path, WORDS) | {
        name.removesuffix("-wal") for name in found_in(tmp_path, WORDS)
    }
    done = kneewise("athlete", "delete", "xanthippe", "--yes", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert found_in(tmp_path, WORDS) == set()
