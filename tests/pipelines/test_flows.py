"""The steps under a real Prefect: the demo, the recorded sync, the schedules and a served inbox."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mornings import MORNINGS_OF_2026, PEOPLE, at, mornings
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


@pytest.fixture
def planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """The deployments of a home with these athletes, by name."""
    for name in ("PREFECT_HOME", "DO_NOT_TRACK", "PREFECT_LOGGING_LEVEL"):
        monkeypatch.delenv(name, raising=False)

    def deployments(*people: Athlete) -> dict[str, Any]:
        config = settings.load(tmp_path)
        with open_home(config) as home:
            for person in people:
                home.logbook.add_athlete(person)
        prefect_home.prepare(config)
        from pipelines import flows

        return {deployment.name: deployment for deployment in flows.deployments(config)}

    return deployments


def fires(deployment: Any, begins: datetime, number: int) -> list[datetime]:
    """When Prefect's own scheduler starts it, in UTC."""
    from prefect.server.schemas.schedules import CronSchedule

    (told,) = deployment.schedules
    schedule = CronSchedule(cron=told.schedule.cron, timezone=told.schedule.timezone)
    found = asyncio.run(schedule.get_dates(number, begins))
    return [datetime.fromtimestamp(when.timestamp(), UTC) for when in found]


def test_prefect_starts_each_report_on_the_right_local_morning_of_a_whole_year(planned: Any) -> None:
    found = planned(*PEOPLE)
    for athlete, morning in MORNINGS_OF_2026.items():
        deployment = found[f"weekly-{athlete}"]
        assert deployment.parameters["athlete"] == athlete
        assert fires(deployment, at("2026-01-02"), 53) == mornings(*morning)


def test_prefect_assesses_on_each_morning_that_begins_in_a_zone(planned: Any) -> None:
    berlin = Athlete("bo", "Bo", "Europe/Berlin"), Athlete("ada", "Ada", "Europe/Berlin")
    found = planned(*berlin, Athlete("kim", "Kim", "Pacific/Auckland"))
    assert set(found) == {
        *("inbox", "daily-Europe-Berlin", "daily-Pacific-Auckland"),
        *("weekly-ada", "weekly-bo", "weekly-kim"),
    }
    # 04:30 in Berlin, where the clock is set on at two o'clock of 29 March
    assert fires(found["daily-Europe-Berlin"], at("2026-03-28"), 3) == [
        at("2026-03-28T03:30"),
        at("2026-03-29T02:30"),
        at("2026-03-30T02:30"),
    ]
    # 04:30 in Auckland, where it is set back at three o'clock of 5 April
    assert fires(found["daily-Pacific-Auckland"], at("2026-04-03T12:00"), 3) == [
        at("2026-04-03T15:30"),
        at("2026-04-04T16:30"),
        at("2026-04-05T16:30"),
    ]


def test_prefect_assesses_where_nobody_is_yet(planned: Any) -> None:
    assert set(planned()) == {"inbox", "daily-UTC"}


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
        run = _ask(f"{url}/deployments/{deployment['id']}/create_flow_run", {"name": "now"})
        _until((tmp_path / "published.duckdb").is_file, 120)
        _until(lambda: (_ask(f"{url}/flow_runs/{run['id']}") or run)["state"]["type"] == "COMPLETED", 60)
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
