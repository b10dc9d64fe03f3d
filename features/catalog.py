"""Finds the features and what each says of itself. One ``.sql`` file is one feature.

A feature file opens with comment lines: its meaning, then ``-- unit:``, ``-- evidence:`` (names
of the evidence table) and ``-- unknown when:``. What follows is one SQL expression over a row of
``day`` (or ``shoe_told``) and the windows named in ``windows.py``; all of them are worked out in one
pass (``pipelines/warehouse/feature_tables.py``). Views are whole queries, with a meaning and their evidence alone. What is measured on one activity's samples
is a Python module whose docstring says the same: meaning, ``unit:``, ``unknown when:``, ``source:``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from features import windows

HERE = Path(__file__).parent

# Views build on each other: this is the order in which they can be made. Those of the first group say
# which workouts count; from these the loads of each are measured (``activity_load``), which the rest read.
COUNTED_VIEWS = ("recording_counted", "same_workout", "recording_of", "activity", "run")
VIEW_ORDER = (
    *COUNTED_VIEWS,
    "effort_told",
    "surface_told",
    "run_surface",
    "measured_run",
    "session",
    "session_spike",
    "shoe_worn",
    "run_shoe",
    "shoe_day",
    "shoe_so_far",
    "shoe_use",
    "shoe_told",
    "run_day",
    "row_of_days",
    "surface_day",
    "new_pair_day",
    "other_day",
    "day_total",
    "day",
)

# What only other views read is not kept: it would cost as much to store and to publish as to work out.
STEPPING_STONES = frozenset(
    (
        *("recording_counted", "same_workout", "measured_run", "session", "run_day", "row_of_days"),
        *("surface_day", "new_pair_day", "shoe_day", "shoe_so_far", "shoe_use", "other_day"),
    )
)

# What is a look at one table, or is read once, athlete by athlete, is not put together before it is asked for.
KEPT_AS_QUERIES = frozenset(("run", "run_shoe"))
PASSING = frozenset(("day", "shoe_told"))


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
class LookingBack:
    """Rows of days, and what is asked of each and of those before it (``windows.py``).

    ``spine`` is the view that has as many rows of each athlete, ``owner`` says whose row of days it is, ``columns``
    are SQL expressions with their names.
    """

    view: str
    spine: str
    owner: tuple[str, ...]
    columns: str

    def sql(self) -> str:
        """The whole query, as DuckDB would answer it."""
        return f"select\n{self.columns}\nfrom {self.view}\nwindow {windows.sql(self.owner)}"


@dataclass(frozen=True, slots=True)
class View:
    """A grain that features read.

    One that looks back over days says whose days (``-- days of:``), and has no window clause.
    """

    name: str
    meaning: str
    evidence: tuple[str, ...]
    sql: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured on the samples of one activity, as its module says; ``source`` names its evidence in words."""

    name: str
    meaning: str
    unit: str
    unknown_when: str
    source: str


def per_day() -> tuple[Feature, ...]:
    """Features with one row per athlete and day (columns athlete, day, value), by name."""
    return tuple(_features(HERE / "per_day"))


def per_shoe() -> tuple[Feature, ...]:
    """Features with one row per athlete, shoe and day (athlete, shoe, day, value), by name."""
    return tuple(_features(HERE / "per_shoe"))


def daily() -> LookingBack:
    """All features of athletes' days."""
    return LookingBack("day", "day_total", ("athlete",), _columns(("athlete", "day"), per_day()))


def shoe_daily() -> LookingBack:
    """All features of the days of pairs of shoes."""
    owner = ("athlete", "shoe")
    return LookingBack("shoe_told", "shoe_told", owner, _columns((*owner, "day"), per_shoe()))


def _columns(key: Sequence[str], features: Sequence[Feature]) -> str:
    return ",\n".join([*key, *(f"{f.sql} as {f.name}" for f in features)])


def views() -> tuple[View, ...]:
    """The views, each after those it reads."""
    found = {path.stem: path for path in (HERE / "views").glob("*.sql")}
    if set(found) != set(VIEW_ORDER):
        raise ValueError(f"VIEW_ORDER and features/views differ: {sorted(set(found) ^ set(VIEW_ORDER))}")
    return tuple(_view(found[name]) for name in VIEW_ORDER)


def looking_back(view: View) -> LookingBack | None:
    """What a view asks of days, if it looks back over them."""
    _, told = _heading(view.sql)
    if "days of" not in told:
        return None
    columns, _, days = _without_comments(view.sql).removeprefix("select").rpartition("from")
    return LookingBack(days.strip(), days.strip(), _names(told["days of"]), columns.strip())


def per_activity() -> tuple[Measure, ...]:
    """The measures of one activity's samples, by name. A module without a unit is a tool of others and none itself."""
    told = {path.stem: _docstring(path) for path in sorted((HERE / "per_activity").glob("*.py"))}
    return tuple(
        Measure(name, says["meaning"], says["unit"], says["unknown when"], says["source"])
        for name, says in told.items()
        if "unit" in says
    )


def _docstring(path: Path) -> dict[str, str]:
    """What the docstring of a module says: its first paragraph as ``meaning``, and what stands behind each key."""
    paragraphs = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")
    says = {"meaning": " ".join(paragraphs[0].split())}
    key = ""
    for line in next((p for p in paragraphs if p.startswith("unit:")), "").splitlines():
        start, colon, words = line.partition(":")
        is_next = bool(colon) and start in ("unit", "unknown when", "source")
        key = start if is_next else key
        says[key] = f"{says.get(key, '')} {(words if is_next else line).strip()}".strip()
    return says


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
    keys = ("unit", "evidence", "unknown when", "days of")
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
        "Written by `just docs` from the comments at the top of each feature's file; a test holds this page to "
        "them. A value that cannot be known is NULL, never 0. `kneewise features NAME` prints one with its evidence.",
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
            f"| `{f.name}` | {f.unit} | {f.meaning} | {f.unknown_when} | {_quoted(f.evidence)} |"
            for f in features
        ]
        lines.append("")
    lines += [
        "## Measured on the samples of one activity",
        "",
        "| measure | unit | meaning | unknown when | source |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{m.name}` | {m.unit} | {m.meaning} | {m.unknown_when} | {m.source} |".replace("``", "`")
        for m in per_activity()
    ]
    lines += [
        "",
        "## Views that features read",
        "",
        "| view | meaning | evidence |",
        "| --- | --- | --- |",
    ]
    lines += [f"| `{view.name}` | {view.meaning} | {_quoted(view.evidence)} |" for view in views()]
    return "\n".join(lines) + "\n"


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
