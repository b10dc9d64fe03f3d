"""The server as it is run: a process of its own that says where it answers, and stops when told."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from pipelines_cli import PROJECT, kneewise

from pipelines import settings
from pipelines.serving import serve


def health(url: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{url}/health", timeout=10) as answer:
        return dict(json.load(answer))


def test_the_command_serves_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipelines.cli", "serve", "--port", "0", "--home", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as server:
        assert server.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert found
        assert health(found.group()) == {"alive": True, "published": "nothing published yet"}
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


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
