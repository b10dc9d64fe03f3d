"""Options that many commands share, and how a command opens the home folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Week
    from pipelines.steps import Home

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Data folder; else KNEEWISE_HOME.", show_default=False)
]
AthleteOption = Annotated[
    str | None,
    typer.Option("--athlete", "-a", help="Athlete, by id or name; not needed if there is only one."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON: stable keys, SI units, UTC times.")]


def home_told(context: typer.Context, home: Path | None) -> Path | None:
    """``--home`` of the command itself, else the nearest one given before it."""
    above: Any = context
    while home is None and above is not None:
        home = above.params.get("home")
        above = above.parent
    return None if home is None else Path(home)


def only_alone(context: typer.Context, **given: object) -> bool:
    """Whether a group is called as a command of its own; options of the list are not for the others.

    Raises KneewiseError for an option that would be silently dropped.
    """
    if context.invoked_subcommand is None:
        return True
    for name, value in given.items():
        if value:
            raise KneewiseError(f"put --{name} after {context.invoked_subcommand!r}.")
    return False


@contextmanager
def opened(context: typer.Context, home: Path | None) -> Iterator[Home]:
    """The home folder's settings and logbook."""
    from pipelines import settings, steps

    with steps.open_home(settings.load(home_told(context, home))) as found:
        yield found


def a_day(text: str | None) -> date | None:
    """A date from ``2026-11-15``. Raises KneewiseError."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise KneewiseError(f"{text!r} is not a date; it looks like 2026-11-15.") from error
    _a_runners_year(day.year, text)
    return day


def a_week(text: str, starts_on: str) -> Week:
    """A week from ``2026-W46``. Raises KneewiseError."""
    from features.training_log import Week

    try:
        week = Week.parse(text, starts_on)
    except ValueError as error:
        raise KneewiseError(f"{text!r} is not a week; it looks like 2026-W46.") from error
    _a_runners_year(week.year, text)
    return week


def _a_runners_year(year: int, text: str) -> None:
    if not 1950 <= year <= 2200:
        raise KneewiseError(f"{text!r} is in no year that a runner has files of.")


def metres(text: str) -> float:
    """A distance from ``600km``, ``370mi`` or ``600000m``; a bare number is kilometres.

    Raises KneewiseError.
    """
    units = {"km": 1000.0, "mi": 1609.344, "m": 1.0}
    stripped = text.strip().lower().replace(" ", "")
    for unit, factor in units.items():
        if stripped.endswith(unit):
            stripped, scale = stripped.removesuffix(unit), factor
            break
    else:
        scale = units["km"]
    try:
        value = float(stripped) * scale
    except ValueError as error:
        raise KneewiseError(f"{text!r} is not a distance; it looks like 600km or 370mi.") from error
    if not 0 <= value < 1e8:
        raise KneewiseError(f"{text!r} is not a distance that shoes can have.")
    return value
