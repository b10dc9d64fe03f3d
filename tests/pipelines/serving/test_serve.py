"""The server as it is run: a process of its own that says where it answers, and stops when told."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from pipelines_cli import PROJECT, kneewise

from pipelines import settings
from pipelines.serving import logs, serve


def health(url: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{url}/health", timeout=10) as answer:
        return dict(json.load(answer))


def test_the_command_lets_the_first_admin_in_and_logs_nothing_of_anybody(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipelines.cli", "serve", "--port", "0", "--home", str(tmp_path)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        first, _, link = (server.stdout.readline() for _ in range(3))
        found = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert found
        assert health(found.group()) == {"alive": True, "published": "nothing published yet"}
        with urllib.request.urlopen(link.strip(), timeout=10) as page:
            assert "Set up this installation" in page.read().decode()
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{found.group()}/a/mara/nothing?secret=knee", timeout=10)
        server.send_signal(signal.SIGTERM)
        told = [json.loads(line) for line in server.stderr.read().splitlines()]
        assert server.wait(timeout=20) == 0
    assert [(line["route"], line["status"]) for line in told] == [
        ("/health", 200),
        ("/setup/{token}", 200),
        ("-", 404),
    ]
    assert set(told[0]) == {"at", "level", "event", "request", "method", "route", "status", "ms"}


def test_it_answers_in_a_thread_until_the_block_is_left(tmp_path: Path) -> None:
    with serve.running(settings.load(tmp_path), "127.0.0.1", 0) as url:
        assert health(url)["alive"] is True
    with pytest.raises(OSError, match="refused"):
        health(url)


def test_an_address_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kneewise("serve", "--port", str(taken.getsockname()[1]), home=tmp_path)
    assert done.returncode == 1
    assert "cannot be listened at (Address already in use)" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_error_is_logged_by_its_kind_and_place_and_not_in_its_words() -> None:
    def read_the_knee() -> None:
        raise ValueError("Mara's left knee hurts")

    try:
        read_the_knee()
    except ValueError:
        record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 1, "Exception", None, sys.exc_info())
    line = json.loads(logs.JsonLines().format(record))
    assert line["error"] == "ValueError"
    assert line["where"][0].endswith("read_the_knee")
    assert "knee hurts" not in json.dumps(line)
