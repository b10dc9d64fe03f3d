"""Everything an athlete has comes out as a zip, and goes in again elsewhere as the same athlete."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import full_home
import pytest
from pipelines_cli import kneewise

from features.training_log import Athlete
from pipelines import settings, steps
from pipelines.belongings import csv_text, putting_back, taking_out
from pipelines.errors import KneewiseError
from pipelines.logbook import belongings, coach_notes, deleting, telling, whole_shape
from pipelines.logbook.whole_shape import metadata
from pipelines.originals import keep_original
from pipelines.steps import Home, open_home
from pipelines.warehouse import store
from pipelines.warehouse.belongings import TAKEN_OUT, derived
from pipelines.warehouse.writing import FileRow

MARA = Athlete("mara", "Mara Lind", "Europe/Berlin", 1990)
TODAY = date(2026, 11, 16)
QUIET = nullcontext(lambda *_: None)
MARAS_FILES = sorted((full_home.SAMPLES / "mara").rglob("*.*"))[:10]
JONAS_FILES = sorted((full_home.SAMPLES / "jonas").rglob("*.*"))[:6]


@contextmanager
def a_home(folder: Path) -> Iterator[Home]:
    with open_home(settings.load(folder).model_copy(update={"today": TODAY, "workers": 1})) as home:
        yield home


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home with two athletes, and the zip of one of them."""
    folder = tmp_path_factory.mktemp("export")
    with a_home(folder / "home") as home:
        full_home.with_runs(home, MARA, MARAS_FILES)
        full_home.with_runs(home, Athlete("jonas", "Jonas"), JONAS_FILES)
        for athlete in ("mara", "jonas"):
            full_home.tell_everything(home, athlete)
        steps.bring_up_to_date(home)
        taking_out.write(folder / "mara.zip", taking_out.zipped(home, "mara"))
    return folder / "home", folder / "mara.zip"


def without_waiting(rows: dict[str, list[belongings.Row]]) -> dict[str, list[belongings.Row]]:
    """What was not sent is cancelled by the move."""
    for row in rows["delivery"]:
        row |= {"state": "", "reason": ""}
    return {table: found for table, found in rows.items() if belongings.is_told_elsewhere(table)}


def derived_rows(home: Home, athlete: str) -> dict[str, list[tuple[object, ...]]]:
    with store.open_published(home.settings.published_path) as db:
        return {table: list(derived(db, table, athlete)[1]) for table in TAKEN_OUT.values()}


def test_every_table_that_knows_athletes_is_taken_out(exported: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(exported[1]) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
    owned = {table.name for table, _ in belongings.owned("mara")}
    told = {
        name.split("/")[1].removesuffix(".csv") for name in names if name.startswith(("logbook/", "records/"))
    }
    assert owned - told == {"attachment"}
    assert all(manifest["rows"][table] >= 1 for table in told)
    named = {"athlete", "message", "account"}
    unowned = set(metadata.tables) - owned
    assert not [t for t in unowned if named & {k.column.table.name for k in metadata.tables[t].foreign_keys}]


def test_the_whole_shape_is_made_of_every_file_of_tables() -> None:
    folder = Path(whole_shape.__file__).parent
    files = {path.stem for path in folder.glob("*_tables.py")}
    assert {name for name in vars(whole_shape) if name.endswith("_tables")} == files


def test_the_manifest_lists_every_entry_with_its_hash(exported: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(exported[1]) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.namelist() == [*(e["name"] for e in manifest["entries"]), "manifest.json"]
        for entry in manifest["entries"]:
            content = archive.read(entry["name"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"])
    assert (manifest["format"], manifest["version"], manifest["athlete"]) == ("kneewise export", 1, "mara")


def test_originals_are_byte_for_byte_and_nobody_elses_are_there(exported: tuple[Path, Path]) -> None:
    mine = {hashlib.sha256(path.read_bytes()).hexdigest() for path in MARAS_FILES}
    with zipfile.ZipFile(exported[1]) as archive:
        held = {name.split("/")[1] for name in archive.namelist() if name.startswith("originals/")}
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert len(held) > 5 and held - {"index.jsonl"} <= mine
    assert b"Zqmara" in whole and b"Zqjonas" not in whole and b"jonas" not in whole.lower()


def test_secrets_stay_here(exported: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(exported[1]) as archive:
        header = archive.read("records/api_token.csv").decode().splitlines()[0].split(",")
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert "name" in header and "sha256" not in header
    for table, column in (("api_token", "sha256"), ("share_offer", "code_sha256")):
        assert full_home.marked("mara", table, column).encode() not in whole


def test_what_a_coach_noted_for_themselves_alone_is_not_taken_out(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as home:
        home.logbook.add_athlete(MARA)
        for words, is_shared in (("Zqmine", False), ("Zqhers", True)):
            coach_notes.add(home.logbook, "mara", 7, "Cleo", words, is_shared, home.settings.now())
        taking_out.write(tmp_path / "mara.zip", taking_out.zipped(home, "mara"))
        with zipfile.ZipFile(tmp_path / "mara.zip") as archive:
            notes = archive.read("records/coach_note.csv").decode()
            assert json.loads(archive.read("manifest.json"))["rows"]["coach_note"] == 1
        assert "Zqhers" in notes and "Zqmine" not in notes
        assert deleting.delete_rows(home.logbook, "mara")["coach_note"] == 2


def test_a_new_home_gets_the_same_athlete(exported: tuple[Path, Path], tmp_path: Path) -> None:
    with a_home(exported[0]) as old, a_home(tmp_path / "new") as new:
        taken = putting_back.take_in(new, exported[1], lambda _: QUIET)
        assert taken.athlete == "mara" and taken.files > 5
        before, after = (belongings.rows_of(home.logbook, "mara") for home in (old, new))
        assert without_waiting(before) == without_waiting(after)
        features_before, features_after = derived_rows(old, "mara"), derived_rows(new, "mara")
        for table in ("activity", "athlete_day", "assessment", "reason"):
            assert features_before[table] and features_before[table] == features_after[table], table
        again = tmp_path / "again.zip"
        taking_out.write(again, taking_out.zipped(new, "mara"))
    with zipfile.ZipFile(exported[1]) as first, zipfile.ZipFile(again) as second:
        for name in first.namelist():
            if name.startswith(("originals/", "logbook/")) and name != "logbook/delivery.csv":
                assert first.read(name) == second.read(name), name


def test_numbers_that_are_taken_move_up_and_what_names_them_moves_along(
    exported: tuple[Path, Path], tmp_path: Path, each_store: str
) -> None:
    with a_home(tmp_path / "busy") as home:
        home.logbook.add_athlete(Athlete("bea", "Bea"))
        full_home.tell_everything(home, "bea")
        beas = belongings.rows_of(home.logbook, "bea")
        putting_back.take_in(home, exported[1], lambda _: QUIET)
        rows = belongings.rows_of(home.logbook, "mara")
        assert belongings.rows_of(home.logbook, "bea") == beas
        added = telling.add_channel(home.logbook, "bea", "bea@example.org", home.settings.now())
        assert added.id > rows["channel"][0]["id"]  # numbers go on after those that came along
    (message,), (delivery,), (channel,) = (rows[table] for table in ("message", "delivery", "channel"))
    assert message["id"] > beas["message"][0]["id"]
    assert (delivery["message"], delivery["channel"]) == (message["id"], channel["id"])
    assert [n["message"] for n in rows["notice"] if n["message"]] == [message["id"]]
    assert (delivery["state"], delivery["reason"]) == ("cancelled", "moved to another installation")


def test_nobody_who_is_here_is_overwritten(exported: tuple[Path, Path]) -> None:
    with a_home(exported[0]) as home, pytest.raises(KneewiseError, match="nobody is overwritten"):
        putting_back.take_in(home, exported[1], lambda _: QUIET)


def changed(
    source: Path, target: Path, name: str, content: bytes | None, new_name: str | None = None
) -> Path:
    """The zip with one entry changed, gone (None) or renamed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
            elif content is not None:
                new.writestr(new_name or entry, content)
    return target


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logbook/check_in.csv", b"id\r\n", "damaged at logbook/check_in.csv"),
        ("logbook/check_in.csv", None, "does not hold what its manifest says"),
        ("README.txt", b"x" * 10_000_000, "damaged at README.txt"),
        ("manifest.json", None, "manifest cannot be read"),
        ("manifest.json", b"[]", "manifest cannot be read"),
        (
            "manifest.json",
            b'{"format": "other", "version": 1, "athlete": "a", "entries": []}',
            "another version",
        ),
    ],
)
def test_a_damaged_export_changes_nothing(
    exported: tuple[Path, Path], tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    broken = changed(exported[1], tmp_path / "broken.zip", name, content)
    with a_home(tmp_path / "new") as home:
        with pytest.raises(KneewiseError, match=said):
            putting_back.take_in(home, broken, lambda _: QUIET)
        assert home.logbook.athletes() == ()
        assert not list(home.settings.originals_path.iterdir())


def forged(source: Path, target: Path, athlete: str, name: str, content: bytes) -> Path:
    """An export whose manifest fits it, but which says what it should not."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["athlete"] = athlete
        kept = [e for e in manifest["entries"] if e["name"] != name]
        digest = hashlib.sha256(content).hexdigest()
        manifest["entries"] = [*kept, {"name": name, "bytes": len(content), "sha256": digest}]
        for entry in kept:
            new.writestr(entry["name"], old.read(entry["name"]))
        new.writestr(name, content)
        new.writestr("manifest.json", json.dumps(manifest))
    return target


@pytest.mark.parametrize(
    ("athlete", "name", "content"),
    [
        ("../../mara", "README.txt", b""),
        ("mara", "../../evil.csv", b""),
        ("mara", "originals/../../evil", b""),
        ("mara", "logbook/alembic_version.csv", b"version_num\r\n0001\r\n"),
        ("mara", "logbook/api_token.csv", b"id\r\n1\r\n"),
        ("mara", "logbook/kept_apart.csv", b"athlete,recording\r\njonas,run\r\n"),
        ("mara", "originals/" + "0" * 64, b"not what it says"),
        ("jonas", "README.txt", b""),
    ],
)
def test_a_forged_export_is_refused(
    exported: tuple[Path, Path], tmp_path: Path, athlete: str, name: str, content: bytes
) -> None:
    zipped = forged(exported[1], tmp_path / "forged.zip", athlete, name, content)
    with a_home(tmp_path / "new") as home:
        with pytest.raises(KneewiseError):
            putting_back.take_in(home, zipped, lambda _: QUIET)
        assert home.logbook.athletes() == ()
    assert not list(tmp_path.rglob("evil*"))


def test_memory_stays_small_however_large_the_originals_are(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as home:
        home.logbook.add_athlete(MARA)
        block = hashlib.sha256(b"noise").digest() * 2**18  # 8 MB
        for number in range(6):
            payload = bytes([number]) + block
            sha256 = hashlib.sha256(payload).hexdigest()
            told = {"bytes": len(payload), "mtime_ns": 0, "seen_at": home.settings.now().replace(tzinfo=None)}
            row = FileRow(
                "mara",
                f"{number}.fit",
                sha256,
                sha256,
                **told,
                format=None,
                outcome="",
                reason="",
                recording_ids=[],
            )
            keep_original(home.settings.originals_path, row, payload)
        del payload
        tracemalloc.start()
        size = max(len(piece) for piece in taking_out.zipped(home, "mara"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert size < 2 * 2**20 and peak < 8 * 2**20


def test_texts_come_back_letter_for_letter() -> None:
    words = ['a "quoted", one', "two\r\nlines", "=1+1", " spaces ", "Größe 走る", "'", "ünknown"]
    text = b"".join(csv_text.pieces(["note", "n"], [(word, None) for word in words])).decode()
    types = {"note": (str, True), "n": (int, True)}
    assert csv_text.read("x.csv", text, types, ["note"]) == [{"note": word, "n": None} for word in words]


def test_what_spreadsheets_would_run_is_shown_as_text() -> None:
    text = b"".join(
        csv_text.pieces(["name"], [("=HYPERLINK(1)",), ("@x",), ("plain",)], for_eyes=True)
    ).decode()
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["name", "'=HYPERLINK(1)", "'@x", "plain"]


def test_the_commands_take_out_and_in(exported: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "out.zip"
    done = kneewise("athlete", "export", "mara", "--to", target, home=exported[0])
    assert (done.returncode, "everything about Mara Lind" in done.stdout) == (0, True), done.stderr
    assert target.stat().st_mode & 0o077 == 0
    done = kneewise("athlete", "import", target, home=tmp_path / "new")
    assert (done.returncode, "mara is here" in done.stdout) == (0, True), done.stderr
