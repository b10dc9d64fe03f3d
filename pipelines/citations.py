"""Where each number of the evidence table is used: the files of the four floors that cite it by name."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from features import evidence

FLOORS = ("features", "models", "reports", "pipelines")
PROJECT = Path(__file__).resolve().parents[1]


def uses() -> dict[str, list[str]]:
    """Entry → what cites it: files, as paths from the project's folder, and entries that are worked out from it."""
    found: dict[str, list[str]] = {entry.name: [] for entry in evidence.entries()}
    for floor in FLOORS:
        for path in sorted((PROJECT / floor).rglob("*")):
            if path.parent != evidence.TABLE:
                for pattern in cited(path):
                    for name in _meant(pattern, found):
                        found[name].append(path.relative_to(PROJECT).as_posix())
    for entry in evidence.entries():
        for name in set(re.findall(r"\w+", entry.working or "")) & found.keys() - {entry.name}:
            found[name].append(f"the working of {entry.name}")
    return found


def cited(path: Path) -> set[str]:
    """What one file may cite: strings of Python, variables and headings of SQL, ``evidence`` lists of TOML.

    A name, or a pattern where Python puts a name together: ``spike_{stage}_from`` is ``spike_*_from``.
    """
    if path.suffix == ".py":
        return set(_in_python(path.read_text(encoding="utf-8")))
    if path.suffix == ".sql":
        return set(_in_sql(path.read_text(encoding="utf-8")))
    if path.suffix == ".toml":
        return set(_in_toml(tomllib.loads(path.read_text(encoding="utf-8"))))
    return set()


def _meant(pattern: str, names: dict[str, list[str]]) -> list[str]:
    if "*" not in pattern:
        return [pattern] if pattern in names else []
    form = re.compile(pattern.replace("*", r"\w+"))
    return [name for name in names if form.fullmatch(name)]


def _in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.isidentifier():
                yield node.value
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("evidence.value", "evidence.entry"):
            for put_together in (part for part in node.args if isinstance(part, ast.JoinedStr)):
                yield "".join(str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "*"
                              for part in put_together.values)  # fmt: skip


def _in_sql(text: str) -> Iterator[str]:
    yield from re.findall(r"getvariable\('(\w+)'\)", text)
    for line in re.findall(r"^-- evidence: (.+)$", text, re.MULTILINE):
        yield from (name.strip() for name in line.split(","))


def _in_toml(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from value if key == "evidence" else _in_toml(value)
    elif isinstance(content, list):
        for value in content:
            yield from _in_toml(value)
