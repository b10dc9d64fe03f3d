"""What exists, by name, as reviewed: features, tables, flows and commands."""

from __future__ import annotations

import ast
from pathlib import Path

import golden
import pytest
import typer.main

from features import catalog
from pipelines.cli import app
from pipelines.warehouse import store

PROJECT = Path(__file__).resolve().parents[2]


def test_the_list_of_what_exists_is_the_reviewed_one(pytestconfig: pytest.Config) -> None:
    golden.check("names.txt", "\n".join(_lines()) + "\n", pytestconfig)


def _lines() -> list[str]:
    with store.open_for_writing(Path(":memory:")) as db:
        tables = [row[0] for row in db.execute("select table_name from information_schema.tables").fetchall()]
    flows = ast.parse((PROJECT / "pipelines" / "flows.py").read_text(encoding="utf-8"))
    decorated = [
        (node.name, ast.unparse(decorator).split("(")[0])
        for node in flows.body
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
    ]
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return [
        *(f"feature per day: {f.name} [{f.unit}]" for f in catalog.per_day()),
        *(f"feature per shoe: {f.name} [{f.unit}]" for f in catalog.per_shoe()),
        *(f"view: {view.name}" for view in catalog.views()),
        *(f"table: {name}" for name in sorted(tables)),
        *(f"{kind}: {name}" for name, kind in decorated),
        *(f"command: {name}" for name in commands),
    ]
