"""``kneewise surface``: maps that the user supplies, what a run was on, and the athlete's own word for it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.options import HomeOption, JsonOption, a_day, opened
from pipelines.commands.surface_tables import TOLD, show_regions, show_run, warn_if_old
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from pipelines.steps import Home
    from pipelines.surfaces.region import Region

app = typer.Typer(no_args_is_help=True, help="What runs were on: maps, shares, your own word.")
RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="Activity id (kneewise activities).")]


@app.command()
def add(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="A region of OpenStreetMap: .osm.pbf, .osm, .osm.gz or .osm.bz2.")
    ],
    dated: Annotated[
        str | None, typer.Option("--dated", help="Day of the map, like 2026-10-31, if the file tells none.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Prepare a region once and match the runs in it. A newer file of the same name replaces an older one."""
    from pipelines import steps
    from pipelines.surfaces.region import prepare

    with opened(context, home) as found:
        region = prepare(file.expanduser(), found.settings.regions_path, a_day(dated))
        steps.bring_up_to_date(found)
        if not json:
            say(f"Added {region.about.name!r}. {file.name} is not needed any more.")
        show_regions(found, json)


@app.command(name="list")
def list_(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """The regions that are stored, and how many runs were matched with each."""
    with opened(context, home) as found:
        show_regions(found, json)


@app.command()
def needed(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Which parts of the world a map is missing for, and how to get one. Nothing is downloaded."""
    from pipelines import steps
    from pipelines.surfaces.needed import areas_needed
    from pipelines.surfaces.region import regions
    from pipelines.warehouse import store, surfaces

    with opened(context, home) as found:
        steps.catch_up(found)
        with store.open_published(found.settings.published_path) as db:
            areas = areas_needed(surfaces.outdoor_runs(db), regions(found.settings.regions_path))
    if json:
        show_json([asdict(area) for area in areas])
        return
    show_table(
        {"runs": "right", "from": "left", "to": "left", "west,south,east,north": "left"},
        [(a.runs, a.first_day, a.last_day, f"{a.west},{a.south},{a.east},{a.north}") for a in areas],
        "Every outdoor run lies in a region that is stored.",
    )
    if areas:
        say(
            "\nDownload the region yourself, once: a country or state from https://download.geofabrik.de, or a box "
            "from https://extract.bbbike.org (format: Protocolbuffer). A large file can be cut with\n"
            "  osmium extract -b WEST,SOUTH,EAST,NORTH large.osm.pbf -o mine.osm.pbf\n"
            "and then: kneewise surface add mine.osm.pbf"
        )


@app.command()
def show(
    context: typer.Context,
    run: RunArgument,
    stretches: Annotated[
        bool, typer.Option("--stretches", help="List the stretches of the run as well.")
    ] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What one run was on: shares, confidence, and where that is known from."""
    from pipelines import steps

    with opened(context, home) as found:
        steps.catch_up(found)
        told = _asked(found, run)
        units = found.logbook.athlete(told["athlete"]).units
        region = _region(found, told["region"])
    if json:
        show_json({**told, "attribution": region and region.about.attribution})
        return
    show_run(told, units, stretches)
    if region is not None:
        warn_if_old(region, told["day"])
        say(region.about.attribution)
    elif told["source"] == "unknown":
        say(
            "No map covers it. See: kneewise surface needed. Or say it yourself: kneewise surface tell RUN CLASS"
        )


@app.command()
def tell(
    context: typer.Context,
    run: RunArgument,
    surface: Annotated[str, typer.Argument(metavar="CLASS", help=f"{', '.join(TOLD)}; or forget.")],
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Say what a run was on, which beats map and watch. ``forget`` takes it back."""
    from pipelines import steps
    from pipelines.logbook import surfaces
    from pipelines.warehouse import reading, store

    if surface not in (*TOLD, "forget"):
        raise KneewiseError(f"{surface!r} is no surface. Say one of: {', '.join(TOLD)}; or forget.")
    with opened(context, home) as found:
        with store.open_published(found.settings.published_path) as db:
            everything = {"athlete": None, "first": None, "last": None}
            rows = {row["id"]: row for row in reading.rows(db, "activities", everything)}
        if run not in rows or rows[run]["sport"] != "running":
            raise KneewiseError(f"there is no run {run!r}. See: kneewise activities")
        person, recordings = rows[run]["athlete"], rows[run]["recordings"]
        if surface == "forget":
            surfaces.forget(found.logbook, person, recordings)
        else:
            surfaces.tell(found.logbook, person, recordings, surface)
        steps.bring_up_to_date(found)
        told = _asked(found, run)
        units = found.logbook.athlete(person).units
    if json:
        show_json(told)
    else:
        show_run(told, units, stretches=False)


def _asked(home: Home, run: str) -> dict[str, Any]:
    from pipelines.warehouse import reading, store

    with store.open_published(home.settings.published_path) as db:
        rows = reading.rows(db, "run_surface", {"activity": run})
    if not rows:
        raise KneewiseError(f"there is no run {run!r}. See: kneewise activities")
    return rows[0]


def _region(home: Home, name: str | None) -> Region | None:
    from pipelines.surfaces.region import regions

    return next((r for r in regions(home.settings.regions_path) if r.about.name == name), None)
