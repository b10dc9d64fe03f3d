"""The documentation says what the code does: every command, setting, flag, outcome and alert."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from features.training_log import Flag
from pipelines.cli import app
from pipelines.settings import Settings
from reports import alerts

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
sys.path.insert(0, str(PROJECT))

from docs.generate import PAGES  # noqa: E402


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def commands(command: object, path: str = "kneewise") -> Iterator[tuple[str, list[str]]]:
    """Every command with its long options."""
    inner = getattr(command, "commands", None)
    if inner:
        if command.invoke_without_command:  # type: ignore[attr-defined]
            yield path, _options(command)
        for name, child in inner.items():
            yield from commands(child, f"{path} {name}")
    else:
        yield path, _options(command)


def _options(command: object) -> list[str]:
    params = command.params  # type: ignore[attr-defined]
    return [option for param in params for option in param.opts if option.startswith("--")]


ALL_COMMANDS = dict(commands(typer.main.get_command(app)))
EXPLAINED_ONCE = {"--home", "--athlete", "--json"}


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_a_command_is_documented_with_its_options(command: str) -> None:
    text = page("commands.md")
    lines = [line for line in text.splitlines() if re.match(rf"\| `{command}[`\[ ]+[^a-z]", line)]
    assert len(lines) == 1
    missing = [o for o in ALL_COMMANDS[command] if o not in EXPLAINED_ONCE and o not in lines[0]]
    assert missing in ([], ["--default"])  # --no-default is the one to know


def test_no_command_is_documented_that_does_not_exist() -> None:
    told = re.findall(r"^\| `(kneewise(?:[ -][a-z]+)+)", page("commands.md"), re.MULTILINE)
    assert set(told) == set(ALL_COMMANDS)


@pytest.mark.parametrize("setting", sorted(set(Settings.model_fields) - {"home"}))
def test_a_setting_is_documented(setting: str) -> None:
    assert f"| `{setting}` | `KNEEWISE_{setting.upper()}` |" in page("settings.md")


@pytest.mark.parametrize("flag", list(Flag))
def test_a_flag_is_documented(flag: Flag) -> None:
    assert f"| `{flag}` |" in page("files.md")


@pytest.mark.parametrize("kind", alerts.KINDS)
def test_an_alert_is_documented(kind: str) -> None:
    assert f"| `{kind}` |" in page("commands.md")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert page(name) == PAGES[name](), "run `just docs` and look at what changed"


def test_links_between_pages_lead_somewhere() -> None:
    for path in (*DOCS.rglob("*.md"), PROJECT / "README.md", PROJECT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
