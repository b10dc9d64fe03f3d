"""``kneewise features`` and ``kneewise evidence``: what is measured, and the number and the paper behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from pipelines.commands.options import HomeOption, JsonOption
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

Told = dict[str, Any]  # one thing, as JSON tells it


def features(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One of them; else all.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,  # as every command; nothing of it is read
) -> None:
    """What is measured: meaning, unit, what makes it unknown. With a NAME, also its evidence and its SQL."""
    every = _features()
    if name is None:
        if json:
            show_json(every)
            return
        columns = {"feature": "left", "kind": "left", "unit": "left", "meaning": "left"}
        show_table(columns, [[told[column] for column in ("name", *list(columns)[1:])] for told in every], "")
        return
    told = _named(name, every, "feature", "kneewise features")
    if json:
        show_json(told)
        return
    say(f"{told['name']} ({', '.join(word for word in (told['kind'], told['unit']) if word)})")
    say(f"  {told['meaning']}")
    _say_if("Unknown when", told["unknown_when"])
    _say_if("Source", told["source"])
    for entry in told["evidence"]:
        say(f"  Evidence: {entry['name']} = {_amount(entry)}")
        say(f"    {entry['claim']}")
        say(f"    {_origin(entry)}")
    if told["sql"]:
        say(f"\n{told['sql']}")


def evidence(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One entry; else all.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,  # as every command; nothing of it is read
) -> None:
    """Every number that acts on an athlete. With a NAME, its claim, source, grade, how it was checked, who uses it."""
    from features import evidence as table
    from pipelines.citations import uses

    every = [asdict(entry) for entry in table.entries()]
    if name is None:
        if json:
            show_json(every)
            return
        columns = {"evidence": "left", "value": "left", "grade": "left", "checked": "left"}
        show_table(columns, [(e["name"], _amount(e), e["grade"], e["checked"]) for e in every], "")
        return
    told = _named(name, every, "evidence", "kneewise evidence")
    told["used_in"] = uses()[told["name"]]
    if json:
        show_json(told)
        return
    say(f"{told['name']} = {_amount(told)}")
    say(f"  {told['claim']}")
    _say_if("Working", told["working"])
    say(f"  {_origin(told)}")
    say(f"  {table.TITLES[told['grade']]}")
    say(f"  Checked: {told['checked']}, {told['checked_on']}")
    _say_if("Used in", ", ".join(told["used_in"]) or "nothing")


def _features() -> list[Told]:
    """Features, measures and views alike: what a kind does not have is None."""
    from features import catalog
    from features import evidence as table

    kinds: tuple[tuple[str, Sequence[catalog.Feature | catalog.Measure | catalog.View]], ...] = (
        ("per day", catalog.per_day()),
        ("per shoe", catalog.per_shoe()),
        ("per activity", catalog.per_activity()),
        ("view", catalog.views()),
    )
    nothing = {"unit": None, "unknown_when": None, "source": None, "evidence": (), "sql": None}
    every = [{"kind": kind} | nothing | asdict(thing) for kind, things in kinds for thing in things]
    for told in every:
        told["evidence"] = [asdict(table.entry(name)) for name in told["evidence"]]
    return every


def _named(name: str, every: Sequence[Told], what: str, all_of_them: str) -> Told:
    """The one of that name. Raises KneewiseError, with the nearest names, if there is none."""
    names = {told["name"]: told for told in every}
    if name in names:
        return names[name]
    near = get_close_matches(name, names, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"All of them: {all_of_them}"
    raise KneewiseError(f"no {what} is called {name!r}. {hint}")


def _say_if(heading: str, text: str | None) -> None:
    if text:
        say(f"  {heading}: {text}")


def _amount(entry: Told) -> str:
    """The value with its interval and unit; large numbers in full, as 600000."""
    numbers = [f"{entry[key]:.10g}" for key in ("value", "low", "high") if entry[key] is not None]
    interval = f" ({'–'.join(numbers[1:])})" if numbers[1:] else ""
    return f"{numbers[0]}{interval} {entry['unit']}"


def _origin(entry: Told) -> str:
    doi = f" https://doi.org/{entry['doi']}" if entry["doi"] else ""
    return f"{entry['source']}.{doi}"
