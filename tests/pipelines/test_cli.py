"""The command line as a user meets it: real processes on the sample files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from page_text import Reader
from pipelines_cli import PROJECT, answer, kneewise

JONAS = PROJECT / "data_samples" / "jonas"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with Jonas's files synced for one athlete."""
    folder = tmp_path_factory.mktemp("home")
    added = kneewise("athlete", "add", "Jo", "--zone", "Europe/Berlin", home=folder)
    assert added.returncode == 0, added.stderr
    synced = kneewise("sync", JONAS, home=folder)
    assert synced.returncode == 0, synced.stderr
    return folder


def test_files_tell_path_hash_outcome_reason_and_activities(home: Path) -> None:
    rows = answer("files", home=home)
    assert len(rows) == len(list(JONAS.iterdir()))
    for row in rows:
        assert {"path", "sha256", "outcome", "reason", "activity_ids"} <= set(row)
        assert Path(row["path"]).is_file()
        assert re.fullmatch("[0-9a-f]{64}", row["sha256"])
        assert row["reason"]
        assert bool(row["activity_ids"]) == (row["outcome"] in ("imported", "duplicate"))
    assert [r["path"] for r in rows if r["outcome"] == "ignored"] == [str(JONAS / "hill-round-course.fit")]


def test_activities_have_stable_keys_si_units_and_utc(home: Path) -> None:
    rows = answer("activities", home=home)
    wanted = {"id", "athlete", "started_at", "sport", "sub_sport", "distance_m", "duration_s", "moving_s"}
    wanted |= {"ascent_m", "descent_m", "shoe", "flags"}
    for row in rows:
        assert wanted <= set(row)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["started_at"])
    last = next(row for row in rows if row["day"] == "2026-11-14")
    assert (last["sport"], last["athlete"]) == ("running", "jo")
    assert last["distance_m"] == pytest.approx(21_067, abs=1)  # data_samples/MANIFEST.csv
    strength = [row for row in rows if row["sport"] == "training"]
    assert strength
    assert all(row["distance_m"] is None for row in strength)  # unknown, not 0


def test_activities_may_be_asked_for_by_day(home: Path) -> None:
    rows = answer("activities", "--since", "2026-11-09", "--until", "2026-11-15", home=home)
    assert {row["day"] for row in rows} <= {f"2026-11-{d:02d}" for d in range(9, 16)}
    assert len([row for row in rows if row["sport"] == "running"]) == 3


def test_a_second_sync_imports_nothing_and_changes_no_number(home: Path) -> None:
    before = (answer("files", home=home), answer("activities", home=home), answer("why", home=home))
    (summary,) = answer("sync", JONAS, home=home)
    assert summary["outcomes"] == {}
    assert summary["known"] == len(before[0])
    assert (answer("files", home=home), answer("activities", home=home), answer("why", home=home)) == before


def test_why_gives_reasons_that_add_up(home: Path) -> None:
    told = answer("why", "jo", "--day", "2026-11-15", home=home)
    assert told["level"] == "elevated"
    assert sum(r["contribution"] for r in told["reasons"]) == pytest.approx(told["log_hazard"])
    spike = next(r for r in told["reasons"] if "spike" in r["code"])
    assert spike["evidence"]
    text = kneewise("why", "jo", home=home).stdout
    assert "21.1 km" in text
    assert "10.1136/bjsports-2024-109380" in text


def test_a_report_is_written_for_the_last_week_that_is_over(home: Path) -> None:
    (written,) = answer("report", home=home)
    assert (written["week"], written["level"]) == ("2026-W46", "elevated")
    assert "21.1 km" in Reader(Path(written["html"]).read_text(encoding="utf-8")).text
    assert "21.1 km" in Path(written["text"]).read_text(encoding="utf-8")


def test_a_week_without_a_run_is_unknown_never_low(home: Path) -> None:
    (written,) = answer("report", "--week", "2026-W15", home=home)
    assert written["level"] == "unknown"
    text = Path(written["text"]).read_text(encoding="utf-8")
    assert "UNKNOWN" in text
    assert not re.search(r"\blow\b(?!-)", text, re.IGNORECASE)


def test_a_spike_alert_is_told_once(tmp_path: Path) -> None:
    first = kneewise("sync", JONAS / "2026-11-14-long.fit.gz", JONAS, home=tmp_path)
    assert "Alert" in first.stdout
    assert "21.1 km" in first.stdout
    assert "Alert" not in kneewise("sync", JONAS, home=tmp_path).stdout
    told = answer("alerts", home=tmp_path)
    assert [(a["kind"], a["stage"]) for a in told] == [("run_spike", "moderate")]


def test_shoes_are_counted_from_the_runs_whenever_they_are_told(home: Path) -> None:
    added = kneewise("shoes", "add", "Red", "--bought", "2026-11-01", "--start", "590km", home=home)
    assert added.returncode == 0, added.stderr
    (red,) = answer("shoes", "list", home=home)
    november = answer("activities", "--since", "2026-11-01", home=home)
    run_m = sum(row["distance_m"] for row in november if row["sport"] == "running")
    assert red["distance_m"] == pytest.approx(590_000 + run_m)
    longest = max(november, key=lambda row: row["distance_m"] or 0)
    assert kneewise("shoes", "add", "Blue", "--no-default", home=home).returncode == 0
    assert kneewise("shoes", "assign", "blue", longest["id"], home=home).returncode == 0
    by_id = {pair["id"]: pair for pair in answer("shoes", "list", home=home)}
    assert by_id["blue"]["distance_m"] == pytest.approx(longest["distance_m"])
    assert by_id["red"]["distance_m"] == pytest.approx(590_000 + run_m - longest["distance_m"])
    assert kneewise("shoes", "retire", "Red", "--on", "2026-11-10", home=home).returncode == 0
    (red,) = [p for p in answer("shoes", "list", home=home) if p["id"] == "red"]
    early = sum(r["distance_m"] for r in november if r["sport"] == "running" and r["day"] <= "2026-11-10")
    assert red["distance_m"] == pytest.approx(590_000 + early)
    shoe_alerts = [a for a in answer("alerts", home=home) if a["kind"] == "shoe"]
    assert shoe_alerts == []  # told by the next sync, not by looking


def test_the_first_sync_makes_an_athlete_for_whom_has_none(tmp_path: Path) -> None:
    done = kneewise("sync", JONAS / "2026-04-21-easy.fit", home=tmp_path)
    assert done.returncode == 0
    assert [a["id"] for a in answer("athlete", "list", home=tmp_path)] == ["me"]


def test_a_sync_with_broken_files_says_so_and_succeeds(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.fit").write_text("<html>Please sign in</html>", encoding="utf-8")
    done = kneewise("sync", tmp_path / "in", home=tmp_path / "home")
    assert done.returncode == 0
    assert "not read" in done.stdout
    assert "web page" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sync", "nowhere"), "is not there"),
        (("athlete", "add", "X", "--zone", "Mars"), "time zone"),
        (("why", "eve"), "no athlete is called 'eve'"),
        (("why", "--day", "yesterday"), "looks like 2026-11-15"),
        (("report", "--week", "46"), "looks like 2026-W46"),
        (("shoes", "add", "Y", "--start", "far"), "looks like 600km"),
        (("shoes", "retire", "none"), "has no shoes 'none'"),
        (("shoes", "assign", "none", "x"), "has no shoes 'none'"),
    ],
)
def test_an_error_is_one_line_and_a_code(words: tuple[str, ...], says: str, home: Path) -> None:
    done = kneewise(*words, home=home)
    assert done.returncode != 0
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr + done.stdout


def test_looking_before_the_first_sync_says_what_to_do(tmp_path: Path) -> None:
    done = kneewise("files", home=tmp_path)
    assert done.returncode != 0
    assert "kneewise sync" in done.stderr


def test_a_setting_that_does_not_exist_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "kneewise.toml").write_text("worker = 2\n", encoding="utf-8")
    done = kneewise("athlete", "list", home=tmp_path)
    assert done.returncode != 0
    assert "'workers'" in done.stderr


def test_the_data_folder_is_closed_to_others(home: Path) -> None:
    assert home.stat().st_mode & 0o077 == 0 or home.parent.stat().st_mode & 0o077 == 0
    assert (home / "originals").stat().st_mode & 0o077 == 0


def test_a_home_given_on_the_command_line_beats_the_environment(tmp_path: Path) -> None:
    for words in (["--home", str(tmp_path / "told"), "init"], ["init", "--home", str(tmp_path / "told")]):
        command = [sys.executable, "-m", "pipelines.cli", *words]
        env = {**os.environ, "KNEEWISE_HOME": str(tmp_path / "other")}
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT, env=env)
        assert str(tmp_path / "told") in done.stdout
    assert not (tmp_path / "other").exists()


def test_an_option_that_would_be_dropped_is_refused(home: Path) -> None:
    done = kneewise("files", "--athlete", "jo", "reject", "abc", home=home)
    assert done.returncode != 0
    assert "put --athlete after 'reject'" in done.stderr


@pytest.mark.parametrize("name", ["published.duckdb", "warehouse.duckdb", "logbook.sqlite"])
def test_a_damaged_store_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    kneewise("sync", JONAS / "2026-04-21-easy.fit", home=tmp_path)
    (tmp_path / name).write_bytes(b"this is no database, nor anything else" * 300)
    command = ["sync", JONAS] if name == "warehouse.duckdb" else ["files"]
    done = kneewise(*command, home=tmp_path)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
    assert "should not have" not in done.stderr


def test_a_home_that_cannot_be_is_told_in_one_line() -> None:
    done = kneewise("init", home=Path("/dev/null/home"))
    assert done.returncode != 0
    assert "cannot be made" in done.stderr


def test_a_wrong_path_makes_no_athlete(tmp_path: Path) -> None:
    assert kneewise("sync", "nowhere", home=tmp_path).returncode != 0
    assert answer("athlete", "list", home=tmp_path) == []


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    code = "import sys, pipelines.cli; print(sorted({'duckdb','pandas','prefect','sklearn','numpy','sqlalchemy'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert done.stdout.strip() == "[]"
