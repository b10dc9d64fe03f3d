"""`kneewise up` as a real process: files in, pages out, one of it per home, stopped in order."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pipelines_cli import PROJECT, answer, kneewise
from smtp_server import serving

RUN = PROJECT / "data_samples" / "jonas" / "2026-11-14-long.fit.gz"  # 21.1 km
TODAY = "2026-11-17"  # the Tuesday after it: the week's report is due whatever o'clock it is
PATIENCE_S = 120.0


@contextmanager
def running(home: Path, *words: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """The process, and the folder that its lines go to; killed if the test does not stop it."""
    folder = home.parent
    with (folder / "lines.txt").open("w") as out, (folder / "said.txt").open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", "up", "--home", str(home), *words],
            cwd=PROJECT,
            env={**os.environ, "KNEEWISE_TODAY": TODAY, "KNEEWISE_SETTLE_S": "0.2", **env},
            stdout=out,
            stderr=err,
            text=True,
        )
        try:
            yield process, folder
        finally:
            process.kill()
            process.wait()


def wait_for(what: Callable[[], Any]) -> Any:
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {PATIENCE_S:.0f} s")


def told(folder: Path, **facts: str) -> list[dict[str, Any]]:
    every = [json.loads(line) for line in (folder / "lines.txt").read_text().splitlines()]
    return [line for line in every if facts.items() <= line.items()]


def link(folder: Path, pattern: str) -> str:
    """What the pages said when they began."""
    found = wait_for(lambda: re.search(pattern, (folder / "said.txt").read_text()))
    return str(found[0])


@contextmanager
def beside(home: Path) -> Iterator[str]:
    """``kneewise serve`` on the same home; where it answers."""
    words = [sys.executable, "-u", "-m", "pipelines.cli", "serve", "--port", "0", "--home", str(home)]
    env = {**os.environ, "KNEEWISE_TODAY": TODAY}
    with subprocess.Popen(words, cwd=PROJECT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        try:
            assert found
            yield found[0]
        finally:
            process.terminate()


def is_served(url: str) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", httpx.URL(url).port)) == 0


def sign_in(browser: httpx.Client, setup: str) -> None:
    """As the first admin, who is the athlete too."""
    csrf = re.search(r'name="csrf" value="(\w+)"', browser.get(setup).text)
    assert csrf
    filled = {
        "name": "Ada Berg",
        "email": "ada@example.org",
        "password": "seven old running shoes",
        "zone": "Europe/Berlin",
        "athlete": "ada",
    }
    assert browser.post(setup, data={"csrf": csrf[1], **filled}).status_code == 303


def test_a_file_is_taken_in_told_and_served_and_a_stop_is_clean(tmp_path: Path) -> None:
    home = tmp_path / "home"
    kneewise("athlete", "add", "Ada Berg", "--id", "ada", "--zone", "Europe/Berlin", home=home)
    kneewise("notify", "add", "ada@example.org", home=home, env={"KNEEWISE_TODAY": "2026-11-09"})
    kneewise("notify", "quiet", "none", home=home)
    with serving() as mails:
        mail = {"HOST": "127.0.0.1", "PORT": str(mails.port), "SECURITY": "none", "FROM": "knee@example.org"}
        env = {f"KNEEWISE_SMTP_{name}": value for name, value in mail.items()}
        with running(home, "--log-json", "--port", "0", **env) as (process, folder):
            wait_for(lambda: told(folder, event="up"))
            second = kneewise("up", "--no-web", home=home)
            assert second.returncode == 1
            assert second.stderr == (
                f"kneewise: kneewise up runs for {home} already. Stop that one first, or give --home DIR.\n"
            )

            shutil.copy(RUN, wait_for(lambda: [p for p in home.glob("inbox/ada") if p.is_dir()])[0])
            (taken,) = wait_for(lambda: told(folder, event="done", duty="inbox"))
            assert taken["imported"] == 1
            wait_for(lambda: mails.mails)

            setup = link(folder, r"http://127\.0\.0\.1:\d+/setup/\S+")
            url = setup.partition("/setup")[0]
            with httpx.Client(timeout=30) as browser:
                sign_in(browser, setup)
                health = browser.get(f"{url}/health")
                assert (health.status_code, health.json()["behind"]) == (200, [])
                week = browser.get(f"{url}/a/ada/week/2026-W46")
                assert (week.status_code, "21.1" in week.text) == (200, True)
                with beside(home) as second_url:  # more pages of the same home are fine
                    assert browser.get(f"{second_url}/health").json()["behind"] == []
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
            assert told(folder, event="down")
            assert not is_served(url)
            words = (folder / "lines.txt").read_text()
        time.sleep(0.5)
    (report,) = mails.mails
    assert "Monday 9 to Sunday 15 November 2026" in str(report.mail["Subject"])
    assert not re.search(r"ada|berg|long\.fit|berlin|21\.1", words, re.IGNORECASE)
    assert not (home / "up.json").exists()
    assert len(answer("activities", home=home)) == 1


def test_pages_that_end_by_themselves_come_again(tmp_path: Path) -> None:
    with running(tmp_path / "home", "--log-json", "--port", "0") as (process, folder):
        wait_for(lambda: told(folder, event="done", duty="web"))
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            pytest.skip("this system does not tell a process's children")
        os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
        wait_for(lambda: told(folder, event="failed", duty="web"))
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    jobs = kneewise("status", home=tmp_path / "home").stdout
    assert "Keep going by itself: failed" in jobs
    assert "web: the web pages ended by themselves (exit code -9)." in jobs


def test_killed_it_leaves_nothing_behind_that_is_in_the_way_of_the_next(tmp_path: Path) -> None:
    with running(tmp_path / "home", "--log-json", "--port", "0") as (process, folder):
        url = link(folder, r"http://127\.0\.0\.1:\d+")
        wait_for(lambda: is_served(url))
        process.kill()
        wait_for(lambda: not is_served(url))
    with running(tmp_path / "home", "--log-json", "--no-web") as (process, folder):
        wait_for(lambda: told(folder, event="up", web="off"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.slow
def test_stopped_in_the_middle_of_a_backlog_it_goes_on_from_there(tmp_path: Path) -> None:
    home, backlog = tmp_path / "home", PROJECT / "data_samples" / "jonas"
    kneewise("athlete", "add", "Ada Berg", "--id", "ada", home=home)
    shutil.copytree(backlog, home / "inbox" / "ada")
    for seconds in (0.5, 1.5, 2.5):  # reading, storing, measuring, or between
        with running(home, "--log-json", "--no-web") as (process, folder):
            wait_for(lambda: told(folder, event="up"))
            time.sleep(seconds)
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
            assert told(folder, event="down")
            assert not told(folder, event="failed")
    with running(home, "--log-json", "--no-web") as (process, folder):
        wait_for(lambda: told(folder, event="done", duty="inbox"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    kneewise("athlete", "add", "Ada Berg", "--id", "ada", home=tmp_path / "plain")
    kneewise("sync", backlog, home=tmp_path / "plain")
    assert outcomes(home) == outcomes(tmp_path / "plain")
    assert answer("activities", home=home) == answer("activities", home=tmp_path / "plain")
    assert "failed" not in kneewise("status", home=home).stdout


def outcomes(home: Path) -> list[tuple[str, str]]:
    return sorted((Path(file["path"]).name, file["outcome"]) for file in answer("files", home=home))
