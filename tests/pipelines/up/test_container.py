"""The container's files say what is so: commands, settings and lock there are, and what they install runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from pipelines_cli import PROJECT

from pipelines.cli import app
from pipelines.settings import Settings

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text())
SERVICE: dict[str, Any] = COMPOSE["services"]["kneewise"]
SETTINGS = {f"KNEEWISE_{name.upper()}" for name in Settings.model_fields}
PORT = "8080"


def instructions() -> list[tuple[str, str]]:
    text = (PROJECT / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def told(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def installing() -> list[list[str]]:
    return [shlex.split(line) for line in told("RUN") if line.startswith("uv sync")]


def command() -> list[str]:
    found: list[str] = json.loads(told("CMD")[-1])
    return found


def probe() -> list[str]:
    found: list[str] = SERVICE["healthcheck"]["test"]
    return found[1:]


def test_both_files_start_the_same_command_and_it_exists() -> None:
    assert SERVICE["command"] == command()
    program, name, *words = command()
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    context = commands[name].make_context(name, words)
    assert (program, name, context.params["host"], context.params["port"]) == (
        "kneewise",
        "up",
        "0.0.0.0",
        int(PORT),
    )
    assert tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["scripts"][program]


def test_every_variable_is_a_setting() -> None:
    in_image = {name for line in told("ENV") for name in re.findall(r"KNEEWISE_\w+(?==)", line)}
    in_compose = {name for name in SERVICE["environment"] if name.startswith("KNEEWISE_")}
    assert in_image == {"KNEEWISE_HOME"}
    assert in_compose - SETTINGS == set()
    assert {f"KNEEWISE_{name}" for name in ("LOGBOOK_URL", "PUBLIC_URL", "SMTP_HOST")} < in_compose
    for name, value in SERVICE["environment"].items():
        assert value == ("/data" if name == "KNEEWISE_HOME" else f"${{{name}:-}}")


def test_both_files_ask_health_in_the_same_way() -> None:
    (line,) = told("HEALTHCHECK")
    assert json.loads(line.partition(" CMD ")[2]) == probe()
    assert f"http://127.0.0.1:{PORT}/health" in probe()[-1]


def test_it_is_closed_but_for_its_volume_and_one_port_of_this_computer() -> None:
    assert (told("USER"), SERVICE["user"]) == (["10001:10001"], "10001:10001")
    assert (SERVICE["read_only"], SERVICE["cap_drop"]) == (True, ["ALL"])
    assert (SERVICE["ports"], told("EXPOSE")) == ([f"127.0.0.1:{PORT}:{PORT}"], [PORT])
    assert (SERVICE["volumes"], told("VOLUME")) == (["data:/data"], ["/data"])
    assert set(COMPOSE["volumes"]) == {"data", "postgres"}
    assert {name for name, it in COMPOSE["services"].items() if "profiles" not in it} == {"kneewise"}


def test_it_installs_what_is_locked_with_the_locked_installer() -> None:
    locked = {
        package["name"]: package["version"]
        for package in tomllib.loads((PROJECT / "uv.lock").read_text())["package"]
    }
    (pip,) = [line for line in told("RUN") if line.startswith("pip install")]
    assert pip.split()[-1] == f"uv=={locked['uv']}"
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for words in installing():
        assert {"--locked", "--no-dev", "--no-editable"} < set(words)
        assert [words[n + 1] for n, word in enumerate(words) if word == "--extra"] == sorted(extras)


def test_what_is_copied_reaches_the_build() -> None:
    """All else is kept from it, people's data in a working copy above all."""
    kept, *let_in, last = (PROJECT / ".dockerignore").read_text().split()
    copied = [word for line in told("COPY") if not line.startswith("--from") for word in line.split()[:-1]]
    assert (kept, last) == ("*", "**/__pycache__")
    assert {word.removeprefix("!") for word in let_in} == set(copied)


@pytest.mark.slow
def test_what_is_installed_from_the_copied_files_runs_and_is_healthy(tmp_path: Path) -> None:
    source, installed = tmp_path / "src", tmp_path / "opt"
    source.mkdir()
    for line in told("COPY"):
        if not line.startswith("--from"):
            for word in line.split()[:-1]:
                path = PROJECT / word
                shutil.copytree(path, source / word) if path.is_dir() else shutil.copy(path, source / word)
    env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    env |= {"UV_PROJECT_ENVIRONMENT": str(installed), "UV_PYTHON": sys.executable}
    for words in installing():
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=source, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    shutil.rmtree(source)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = [word.replace(PORT, port).replace("0.0.0.0", "127.0.0.1") for word in command()]
    asked = [word.replace(PORT, port) for word in probe()]
    inside = {"PATH": f"{installed / 'bin'}:{os.environ['PATH']}", "KNEEWISE_HOME": str(tmp_path / "data")}

    def is_healthy() -> bool:
        asking = [installed / "bin" / asked[0], *asked[1:]]
        return subprocess.run(asking, env=inside, capture_output=True, check=False).returncode == 0

    assert not is_healthy()
    running = subprocess.Popen(
        [installed / "bin" / words[0], *words[1:]], cwd=tmp_path, env=inside, stdout=subprocess.DEVNULL
    )
    try:
        ends = time.monotonic() + 120
        while not is_healthy():
            assert time.monotonic() < ends, "not healthy within two minutes"
            time.sleep(0.5)
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0
        assert not is_healthy()
    finally:
        running.kill()
        running.wait()
