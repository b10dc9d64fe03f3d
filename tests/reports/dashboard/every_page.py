"""Every page there is to look at in a home, from the route table, so that a new one is asked for, too."""

from __future__ import annotations

from itertools import product
from string import Formatter
from typing import cast

from fastapi.routing import APIRoute

from pipelines.logbook import shoes
from pipelines.serving.reach import Reach
from reports.dashboard.routes import ALL

SHOWS = sorted(
    cast(APIRoute, route).path
    for pages in ALL
    for route in pages.routes
    if "GET" in cast(APIRoute, route).methods
)
# Beside the page as it is first opened.
ASKED = {
    "/a/{athlete}/history": ("?span=1y", "?span=all"),
    "/a/{athlete}/runs/{activity}": ("?colour=grade",),
    "/coach": ("?show=word", "?show=changed", "?level=high"),
    "/coach/compare": ("?athlete=jonas&athlete=mara",),
}
WEEKS = ("2026-W17", "2026-W26", "2026-W45", "2026-W46")
PLACES = {"token": ("nobody",), "code": ("nobody",), "receipt": ("nobody",), "week": WEEKS}


def paths(reach: Reach, **places: tuple[str, ...]) -> list[str]:
    """Of all athletes who have run; ``places`` say what else may stand in a path."""
    found = []
    with reach.published.reading() as db:
        asked = "select athlete, arg_max(id, day), arg_min(id, day) from run group by athlete"
        rows = db.execute(asked).fetchall()
    for route in SHOWS:
        names = [name for _, name, _, _ in Formatter().parse(route) if name]
        for athlete, *runs in rows:
            pairs = [pair.id for pair in shoes.shoes(reach.logbook, athlete)]
            known = {**PLACES, "athlete": (athlete,), "activity": runs, "shoe": pairs, **places}
            unknown = set(names) - set(known)
            assert not unknown, f"say what stands for {unknown} of {route} in PLACES of {__file__}"
            for values in product(*(known[name] for name in names)):
                path = route.format(**dict(zip(names, values, strict=True)))
                found += [path, *(path + query for query in ASKED.get(route, ()))]
    return list(dict.fromkeys(found))
