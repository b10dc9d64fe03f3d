"""What ``kneewise surface`` prints: the regions that are stored, and what one run was on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.console import complain, say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from pipelines.steps import Home
    from pipelines.surfaces.region import Region

OLD_AFTER = timedelta(days=548)  # 18 months: paths are built and paved, and mappers follow
SHOWN_FROM = 0.005  # a share that rounds to 0 % is not listed
TOLD = ("hard", "firm", "natural", "track", "treadmill")
FROM = {
    "indoor": "it was recorded indoors",
    "told": "your own word",
    "track": "laps of a 400 m track, by their shape",
    "map": "the map",
    "sub_sport": "the watch's name for the run",
    "unknown": "nothing tells",
}


def show_run(told: dict[str, Any], units: str, stretches: bool) -> None:
    """The answer to the question ``run_surface`` as a table, with what it rests on."""
    from features.surfaces import TABLE
    from reports.wording import Measure

    measure, metres = Measure(units), told["distance_m"]
    groups = {name: told[f"{name}_share"] for name in (*TOLD, "unknown")}
    say(
        f"Run {told['activity']} of {told['day']}, {measure.distance(metres)}. Known from: {FROM[told['source']]}."
    )
    # the map's classes are told only where the shares are the map's
    classes = TABLE["class"] if told["source"] in ("map", "track") and told["region"] else {}
    show_table(
        {"surface": "left", "share": "right", "distance": "right", "of it": "left"},
        [
            (
                group,
                f"{share:.0%}",
                measure.distance(None if metres is None else share * metres),
                ", ".join(
                    f"{row['meaning']} {told[name]:.0%}"
                    for name, row in classes.items()
                    if row["group"] == group and told[name] >= SHOWN_FROM
                ),
            )
            for group, share in groups.items()
            if share >= SHOWN_FROM
        ],
        "",
    )
    if told["confidence"] is not None:
        say(f"Confidence: {_word(told['confidence'])} ({told['confidence']:.2f}).")
    if classes:
        say(
            f"The map {told['region']!r}: {told['explicit_share']:.0%} of the distance carries a surface tag, "
            f"{told['inferred_share']:.0%} is inferred from ways alike, {told['off_network_share']:.0%} lies on no way "
            f"of it, {told['no_position_share']:.0%} has no position."
        )
    if stretches:
        per = measure.metres_per_unit
        show_table(
            {f"from {units}": "right", "to": "right", "surface": "left", "tag": "left"}
            | {"probability": "right", "way": "right"},
            [
                (
                    f"{s['from_m'] / per:.2f}",
                    f"{s['to_m'] / per:.2f}",
                    s["class"],
                    "yes" if s["is_explicit"] else "no",
                    f"{s['posterior']:.2f}",
                    s["way"],
                )
                for s in told["stretches"] or []
            ],
            "No map tells its stretches.",
        )


def _word(confidence: float) -> str:
    """High where nine of ten are right, as measured (docs/surfaces.md)."""
    rounded = round(confidence, 2)
    return "high" if rounded >= 0.9 else "medium" if rounded >= 0.7 else "low"


def show_regions(home: Home, json: bool) -> None:
    """Every region with what it holds and how many runs were matched with it."""
    from pipelines.surfaces.extract import require_extra
    from pipelines.surfaces.region import regions
    from pipelines.warehouse import store, surfaces

    maps = regions(home.settings.regions_path)
    days: dict[str, list[date]] = {}
    if home.settings.published_path.is_file():
        with store.open_published(home.settings.published_path) as db:
            days = surfaces.days_matched(db)
    if json:
        show_json([{**asdict(m.about), "runs": len(days.get(m.about.name, []))} for m in maps])
        return
    show_table(
        {"region": "left", "map of": "left", "ways": "right", "length": "right"}
        | {"with a surface tag": "right", "runs": "right"},
        [
            (
                m.about.name,
                m.about.data_date,
                f"{m.about.ways:,}",
                f"{m.about.km:,.0f} km",
                f"{m.about.tagged_share:.0%}",
                len(days.get(m.about.name, [])),
            )
            for m in maps
        ],
        "No region yet. What runs were on is known without a map only where the watch or you say so.\n"
        "Which regions are missing, and how to get them: kneewise surface needed",
    )
    for region in maps:
        warn_if_old(region, max(days.get(region.about.name, []), default=date.min))
    if maps:
        say(maps[0].about.attribution)
        try:
            require_extra()
        except KneewiseError as error:
            complain(f"new runs are not matched: {error}")


def warn_if_old(region: Region, run_day: date) -> None:
    """Say so where a map is much older than a run in it."""
    map_day = region.about.data_date
    if map_day is not None and map_day + OLD_AFTER < run_day:
        complain(
            f"the map {region.about.name!r} is of {map_day}, more than 18 months older than a run of {run_day}. New "
            "paths are missing in it: download the region again and add it under the same name."
        )
