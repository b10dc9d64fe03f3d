"""How commands speak: tables and JSON on stdout, progress and errors on stderr."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.intake import Tick


def say(text: str = "") -> None:
    print(text)


def complain(text: str) -> None:
    print(f"kneewise: {text}", file=sys.stderr)


def show_json(value: object) -> None:
    """One JSON document. Times are UTC with a ``Z``; unknown is null."""
    print(json.dumps(_plain(value), ensure_ascii=False, indent=2, allow_nan=False))


def show_table(columns: Mapping[str, str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """A table; ``columns`` maps each heading to its alignment (left or right)."""
    if not rows:
        say(empty)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in columns.items():
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    out = Console(highlight=False, markup=False)
    if not out.is_terminal:
        out.width = 200
    out.print(table)


@contextmanager
def progress(what: str) -> Iterator[Tick]:
    """A progress bar with rate and time left; nothing at all when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return utc.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date | Path):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        value = sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
