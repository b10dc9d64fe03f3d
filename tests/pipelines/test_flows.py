"""The steps under a real Prefect: the demo, the recorded sync, the schedules and a served inbox."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from pipelines_cli import PROJECT, answer, kneewise

from features.training_log import Athlete
from pipelines import prefect_home, settings
from pipelines.steps import open_home

RUN = PROJECT / "data_samples" / "jonas" / "2026-11-14-long.fit.gz"


@pytest.mark.slow
def test_the_demo_ends_with_two_reports_that_tell_their_story(tmp_path: Path) -> None:
    first = kneewise("demo", home=tmp_path)
    assert first.returncode == 0, first.stderr
    assert first.stderr == ""
    levels = dict(re.findall(r"^  (\w+) +2026-W46 +(\w+)", first.stdout, re.MULTILINE))
    assert levels == {"mara": "low", "jonas": "high"}
    reports = {a: (tmp_path / "reports" / a / "2026-W46.txt").read_text(encoding="utf-8") for a in levels}
    for words in (
        "21.1 km",
        "14.1 km",
        "1.5 ×",
        "480 m",
        "289 m",
        "Red road pair: 695 km of 600 km",
        "+80 %",
    ):
        assert words in reports["jonas"]
    assert "Your training adds nothing to the level" in reports["mara"]

    before = (
        answer("activities", home=tmp_path),
        answer("files", home=tmp_path),
        answer("alerts", home=tmp_path),
    )
    again = kneewise("demo", home=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "all known" in again.stdout
    after = (
        answer("activities", home=tmp_path),
        answer("files", home=tmp_path),
        answer("alerts", home=tmp_path),
    )
    assert after == before


def test_the_demo_refuses_a_home_with_real_athletes(tmp_path: Path) -> None:
    kneewise("athlete", "add", "Real", home=tmp_path)
    refused = kneewise("demo", home=tmp_path)
    assert refused.returncode != 0
    assert "real athletes (real)" in refused.stderr


@pytest.mark.slow
def test_a_sync_as_a_flow_gives_the_same_numbers_and_one_line_errors(tmp_path: Path) -> None:
    plain, flow = tmp_path / "plain", tmp_path / "flow"
    kneewise("sync", RUN, home=plain)
    done = kneewise("sync", RUN, "--flow", home=flow)
    assert done.returncode == 0, done.stderr
    assert answer("activities", home=flow) == answer("activities", home=plain)
    failed = kneewise("sync", "nowhere", "--flow", home=flow)
    assert failed.returncode != 0
    assert "is not there" in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_every_athlete_gets_the_report_on_their_own_monday_morning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings.load(tmp_path)
    with open_home(config) as home:
        home.logbook.add_athlete(Athlete("ada", "Ada", zone="Pacific/Auckland"))
        home.logbook.add_athlete(Athlete("bea", "Bea", zone="America/Denver"))
    for name in ("PREFECT_HOME", "DO_NOT_TRACK", "PREFECT_LOGGING_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    prefect_home.prepare(config)
    from pipelines import flows

    planned = {d.name: d for d in flows.deployments(config)}
    assert set(planned) == {"inbox", "daily", "weekly-ada", "weekly-bea"}
    for athlete, zone in (("ada", "Pacific/Auckland"), ("bea", "America/Denver")):
        (schedule,) = planned[f"weekly-{athlete}"].schedules
        assert (schedule.schedule.cron, schedule.schedule.timezone) == ("0 6 * * 1", zone)
        assert planned[f"weekly-{athlete}"].parameters["athlete"] == athlete


@pytest.mark.slow
def test_a_served_inbox_takes_in_what_is_dropped_there(tmp_path: Path) -> None:
    kneewise("athlete", "add", "Ada", home=tmp_path)
    inbox = tmp_path / "inbox" / "ada"
    inbox.mkdir(parents=True)
    shutil.copy(RUN, inbox)
    log = (tmp_path / "served.log").open("w+", encoding="utf-8")
    served = subprocess.Popen(
        [sys.executable, "-u", "-m", "pipelines.cli", "flows", "serve", "--home", str(tmp_path)],
        stdout=log,
        stderr=log,
        cwd=PROJECT,
        env={**os.environ, "PREFECT_RUNNER_POLL_FREQUENCY": "2"},
        start_new_session=True,
    )
    try:
        url = _until(lambda: re.search(r"Prefect API: (\S+?)\. ", Path(log.name).read_text()), 120)[1]
        deployment = _until(lambda: _ask(f"{url}/deployments/name/kneewise-inbox/inbox"), 60)
        _ask(f"{url}/deployments/{deployment['id']}/create_flow_run", {"name": "now"})
        _until((tmp_path / "published.duckdb").is_file, 120)
        (row,) = answer("activities", home=tmp_path)
        assert row["athlete"] == "ada"
        assert (inbox / RUN.name).is_file()  # originals stay where they are
    finally:
        os.killpg(served.pid, signal.SIGINT)
        try:
            served.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(served.pid, signal.SIGKILL)


def _until(ready: Any, seconds: float) -> Any:
    """What ``ready`` gives once it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = ready()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"still waiting after {seconds} s")


def _ask(url: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answered:
            return json.load(answered)
    except OSError:
        return None
