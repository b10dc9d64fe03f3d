"""The import contracts hold, and each of them bites when it is broken on purpose."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("features", "models", "reports", "pipelines")

# contract → a module and the line that breaks it
BREACHES = {
    "The story runs one way: features, models, reports, pipelines": (
        "features/catalog.py",
        "import models.verdict",
    ),
    "The middle is pure: no database, orchestrator or network below pipelines": (
        "models/risk.py",
        "import duckdb",
    ),
    "Prefect is one file": ("pipelines/steps.py", "import prefect"),
    "DuckDB stays in the warehouse": ("pipelines/steps.py", "import duckdb"),
    "SQLAlchemy stays in the logbook": ("pipelines/steps.py", "import sqlalchemy"),
    "File formats stay in sources": ("pipelines/steps.py", "import fitparse"),
    "The command line's framework stays in the command line": ("pipelines/steps.py", "import typer"),
    "Fitting stays in models": ("features/catalog.py", "import sklearn"),
    "Maps stay in surfaces": ("pipelines/steps.py", "import shapely"),
    "Sending stays in channels": ("pipelines/steps.py", "import smtplib"),
    "The web framework stays in the dashboard": ("pipelines/steps.py", "import fastapi"),
}


def lint(folder: Path) -> tuple[int, str]:
    """Exit code and report of the import linter in a folder with its own copy of the code."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    done = subprocess.run(
        [*command, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def a_copy(folder: Path) -> Path:
    shutil.copy(PROJECT / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_every_contract_is_kept(tmp_path: Path) -> None:
    code, report = lint(a_copy(tmp_path))
    assert code == 0, report


def test_every_contract_has_a_breach_to_try() -> None:
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {c["name"] for c in config["tool"]["importlinter"]["contracts"]} == set(BREACHES)


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_caught(contract: str, tmp_path: Path) -> None:
    module, line = BREACHES[contract]
    path = a_copy(tmp_path) / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    code, report = lint(tmp_path)
    assert code != 0
    assert f"{contract} BROKEN" in report
