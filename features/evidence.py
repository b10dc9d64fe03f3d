"""The evidence table: every constant that acts on an athlete, with value, interval, source and grade.

The files of ``evidence_table/`` are the table, one file a subject; they are read on first use. Code asks
by name, ``evidence.value("spike_window_days")``, so that no number acts without a source behind it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

TABLE = Path(__file__).with_name("evidence_table")

# The day on which the whole table was last held against its sources; an entry may name its own.
CHECKED_ON = date(2026, 11, 22)

# Strongest first. The last two are our own choices, and say so.
GRADES = ("strong", "moderate", "contested", "mechanistic", "engineering", "product")
CHECKS = ("primary", "secondary", "authors' code", "derived", "engineering", "product")

TITLES = {
    "strong": "Strong: consistent over several good studies",
    "moderate": "Moderate: one good study, or several that agree roughly",
    "contested": "Contested: studies disagree, or the inference is ours",
    "mechanistic": "Mechanistic: joint load, not injury",
    "engineering": "Engineering: our own choice, reasoned",
    "product": "Product: a default that the athlete may change, or custom without trials",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One sourced constant; ``low`` and ``high`` are its 95 % interval where one is published."""

    name: str
    value: float
    unit: str
    low: float | None
    high: float | None
    claim: str
    source: str
    doi: str | None
    grade: str
    checked: str
    checked_on: date
    working: str | None


class EvidenceError(ValueError):
    """The table itself is malformed; names the entry and what is wrong with it."""


def value(name: str) -> float:
    """The number behind a name. Raises KeyError, with the nearest names, if there is none."""
    return entry(name).value


def entry(name: str) -> Entry:
    """The whole row behind a name. Raises KeyError, with the nearest names, if there is none."""
    table = _table()
    if name not in table:
        near = get_close_matches(name, table, n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise KeyError(f"no evidence is called {name!r}{hint}")
    return table[name]


def entries() -> tuple[Entry, ...]:
    """All rows in the table's order."""
    return tuple(_table().values())


def weakest_grade(names: Iterable[str]) -> str:
    """The weakest grade among the named entries; at least one name is needed."""
    return max((entry(name).grade for name in names), key=GRADES.index)


@cache
def _table() -> Mapping[str, Entry]:
    """Every entry of every file; a file may name sources of its own under ``[sources.*]``."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(TABLE.glob("*.toml"))]
    sources: dict[str, dict[str, str]] = {}
    for content in files:
        for name, row in content.pop("sources", {}).items():
            if sources.setdefault(name, row) != row:
                raise EvidenceError(f"the source {name} is told twice, and differently")
    table: dict[str, Entry] = {}
    for content in files:
        for name, row in content.items():
            if name in table:
                raise EvidenceError(f"{name} is in the table twice")
            table[name] = _read(name, row, sources)
    return MappingProxyType(table)


def _read(name: str, row: dict[str, Any], sources: dict[str, dict[str, str]]) -> Entry:
    origin = sources.get(row["from"])
    if origin is None:
        raise EvidenceError(f"{name}: no source is called {row['from']!r}")
    made = Entry(
        name=name,
        value=float(row["value"]),
        unit=row["unit"],
        low=row.get("low"),
        high=row.get("high"),
        claim=row["claim"],
        source=origin["source"],
        doi=origin.get("doi"),
        grade=row["grade"],
        checked=row["checked"],
        checked_on=row.get("checked_on", CHECKED_ON),
        working=row.get("working"),
    )
    _refuse_half_truths(made)
    return made


def _refuse_half_truths(made: Entry) -> None:
    if made.grade not in GRADES:
        raise EvidenceError(f"{made.name}: grade {made.grade!r} is none of {', '.join(GRADES)}")
    if made.checked not in CHECKS:
        raise EvidenceError(f"{made.name}: checked {made.checked!r} is none of {', '.join(CHECKS)}")
    if (made.low is None) != (made.high is None):
        raise EvidenceError(f"{made.name}: an interval needs both ends")
    if made.low is not None and made.high is not None and not made.low <= made.value <= made.high:
        raise EvidenceError(f"{made.name}: {made.value} lies outside its interval {made.low}–{made.high}")
    if made.checked == "derived" and made.working is None:
        raise EvidenceError(f"{made.name}: a derived value shows its working")


_LEAD = (
    "A number whose source could not be checked is not in the table, and a number that is not in the"
    " table cannot act. *Checked* says how: *primary* was read in the paper's own abstract, text or"
    " table; *secondary* in somebody else's transcription; *derived* is arithmetic whose working is shown."
)


def render_markdown() -> str:
    """The table as a documentation page, strongest evidence first."""
    parts = [
        "# Evidence",
        "Every number that acts on an athlete. This page is made from the files of `features/evidence_table/`: change those.",
        _LEAD,
    ]
    for grade in GRADES:
        rows = [e for e in entries() if e.grade == grade]
        if rows:
            parts += [f"## {TITLES[grade]}", "\n".join([*_HEAD, *(_row(e) for e in rows)])]
    return "\n\n".join(parts) + "\n"


_HEAD = ("| name | value | claim | source | checked |", "|---|---|---|---|---|")


def _row(e: Entry) -> str:
    interval = f" ({e.low:g}–{e.high:g})" if e.low is not None else ""
    working = f" *Working: {e.working}*" if e.working else ""
    link = f" [doi:{e.doi}](https://doi.org/{e.doi})" if e.doi else ""
    amount = f"{e.value:g}" if e.value < 1e5 else f"{e.value:.0f}"
    return (
        f"| `{e.name}` | {amount}{interval} {e.unit} | {e.claim}{working} | {e.source}.{link} "
        f"| {e.checked}, {e.checked_on.isoformat()} |"
    )
