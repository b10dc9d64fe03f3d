"""Finds the features and what each says of itself. One ``.sql`` file is one feature.

A feature file opens with comment lines: its meaning, then ``-- unit:``, ``-- evidence:`` (names
of the evidence table) and ``-- unknown when:``. What follows is one SQL expression over a row of
``day`` (or ``shoe_day``) and the windows named in ``windows.py``; all of them are worked out in one
pass. Views are whole queries, with a meaning and their evidence alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from features import windows

HERE = Path(__file__).parent

# Views build on each other: this is the order in which they can be made. Those of the first group say
# which workouts count; from these the loads of each are measured (``activity_load``), which the rest read.
COUNTED_VIEWS = ("recording_counted", "same_workout", "recording_of", "activity", "run")
VIEW_ORDER = (
    *COUNTED_VIEWS,
    "session",
    "session_spike",
    "day",
    "run_shoe",
    "shoe_day",
)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: what it means, in which unit, on which evidence, and its SQL expression."""

    name: str
    meaning: str
    unit: str
    evidence: tuple[str, ...]
    unknown_when: str
    sql: str


@dataclass(frozen=True, slots=True)
class View:
    """A grain that features read."""

    name: str
    meaning: str
    evidence: tuple[str, ...]
    sql: str


def per_day() -> tuple[Feature, ...]:
    """Features with one row per athlete and day (columns athlete, day, value), by name."""
    return tuple(_features(HERE / "per_day"))


def per_shoe() -> tuple[Feature, ...]:
    """Features with one row per athlete, shoe and day (athlete, shoe, day, value), by name."""
    return tuple(_features(HERE / "per_shoe"))


def daily_sql() -> str:
    """The query that works out all per-day features: columns athlete, day, and one for each feature."""
    return _wide("day", ("athlete",), per_day())


def shoe_sql() -> str:
    """The query that works out all per-shoe features: columns athlete, shoe, day, and one for each."""
    return _wide("shoe_day", ("athlete", "shoe"), per_shoe())


def _wide(grain: str, owner: tuple[str, ...], features: tuple[Feature, ...]) -> str:
    columns = ",\n".join([*owner, "day", *(f"{f.sql} as {f.name}" for f in features)])
    return f"select\n{columns}\nfrom {grain}\nwindow {windows.sql(owner)}"


def views() -> tuple[View, ...]:
    """The views, each after those it reads."""
    found = {path.stem: path for path in (HERE / "views").glob("*.sql")}
    if set(found) != set(VIEW_ORDER):
        raise ValueError(f"VIEW_ORDER and features/views differ: {sorted(set(found) ^ set(VIEW_ORDER))}")
    return tuple(_view(found[name]) for name in VIEW_ORDER)


def _features(folder: Path) -> Iterator[Feature]:
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        meaning, told = _heading(sql)
        missing = {"unit", "evidence", "unknown when"} - set(told)
        if missing or not meaning:
            raise ValueError(f"{path.name} does not say its {', '.join(sorted(missing)) or 'meaning'}")
        yield Feature(
            name=path.stem,
            meaning=meaning,
            unit=told["unit"],
            evidence=_names(told["evidence"]),
            unknown_when=told["unknown when"],
            sql=_without_comments(sql),
        )


def _without_comments(sql: str) -> str:
    return "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--")).strip()


def _view(path: Path) -> View:
    sql = path.read_text(encoding="utf-8")
    meaning, told = _heading(sql)
    if not meaning:
        raise ValueError(f"{path.name} does not say its meaning")
    return View(path.stem, meaning, _names(told.get("evidence", "")), sql)


def _heading(sql: str) -> tuple[str, dict[str, str]]:
    """The comment lines at the top: free text joined, and the ``key: value`` ones apart."""
    keys = ("unit", "evidence", "unknown when")
    meaning: list[str] = []
    told: dict[str, str] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        key, colon, value = text.partition(":")
        if colon and key in keys:
            told[key] = value.strip()
        else:
            meaning.append(text)
    return " ".join(meaning), told


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def render_markdown() -> str:
    """The features page of the documentation: every feature with meaning, unit and evidence."""
    lines = [
        "# Features",
        "",
        "Written by `just docs` from the comments at the top of each feature's `.sql` file; a test holds "
        "this page to them. A value that cannot be known is NULL, never 0.",
        "",
    ]
    for heading, features in (
        ("One row per athlete and day", per_day()),
        ("One row per pair of shoes and day", per_shoe()),
    ):
        lines += [
            f"## {heading}",
            "",
            "| feature | unit | meaning | unknown when | evidence |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| `{f.name}` | {f.unit} | {f.meaning} | {f.unknown_when} | {', '.join(f'`{e}`' for e in f.evidence)} |"
            for f in features
        ]
        lines.append("")
    lines += ["## Views that features read", "", "| view | meaning |", "| --- | --- |"]
    lines += [f"| `{view.name}` | {view.meaning} |" for view in views()]
    return "\n".join(lines) + "\n"
