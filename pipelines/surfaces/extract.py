"""Reads the ways that are run on from an OpenStreetMap file, with the tags that tell their surface.

Needs the extra ``surface`` (osmium, shapely); nothing else does.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from features import surfaces
from pipelines.errors import KneewiseError

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
AT_ONCE = 50_000  # ways whose shapes are converted together: a few MB
# Places of all nodes are kept while reading: in memory for a city, in a file for a country.
LARGE_BYTES = 200_000_000
FIRST_MAPS = datetime(2005, 1, 1, tzinfo=UTC)  # an earlier time stamp is an empty one

Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """Ways as arrays. Way ``n`` has the points ``start[n]`` up to ``start[n + 1]``, in 1e-7 degrees
    (longitude, latitude), and the tags ``kinds[kind[n]]``, which few ways have for themselves."""

    data_date: date | None
    way: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int32]
    kinds: tuple[Tags, ...]
    start: npt.NDArray[np.int64]
    points_e7: npt.NDArray[np.int32]


def require_extra() -> None:
    """Raises KneewiseError where the libraries that read and search maps are not installed."""
    try:
        import osmium  # noqa: F401
        import shapely  # noqa: F401
    except ImportError as error:
        raise KneewiseError(
            "reading maps needs the extra packages osmium and shapely, which are not installed. Install "
            "Kneewise with them: uv tool install 'kneewise[surface]', or pip install 'kneewise[surface]'"
        ) from error


def read_extract(path: Path) -> Extract:
    """All ways of a file that are run on. Raises KneewiseError for what is no such file."""
    require_extra()
    if not path.is_file():
        raise KneewiseError(f"{path} is no file. Give a region of OpenStreetMap, like bremen-latest.osm.pbf.")
    if not path.name.lower().endswith(SUFFIXES):
        raise KneewiseError(f"{path.name} is no region file: its name must end in {', '.join(SUFFIXES)}.")
    try:
        found = _read(path)
    except RuntimeError as error:  # what osmium raises for all that it cannot read
        raise KneewiseError(
            f"{path.name} cannot be read as OpenStreetMap data ({str(error).rstrip('.')}). It may be damaged or "
            "only partly downloaded: fetch it again."
        ) from error
    if not len(found.way):
        raise KneewiseError(f"{path.name} holds no streets or paths. Was it filtered for something else?")
    return found


def _read(path: Path) -> Extract:
    import osmium
    import shapely

    factory = osmium.geom.WKBFactory()
    ids: list[int] = []
    kind: list[int] = []
    kinds: dict[Tags, int] = {}
    shapes: list[str] = []
    points: list[npt.NDArray[np.int32]] = []
    lengths: list[npt.NDArray[np.int64]] = []
    newest = FIRST_MAPS

    def convert() -> None:
        lines = shapely.from_wkb(shapes)
        points.append(np.round(shapely.get_coordinates(lines) * 1e7).astype(np.int32))
        lengths.append(shapely.get_num_coordinates(lines).astype(np.int64))
        shapes.clear()

    with _ways(path) as (header, ways):
        for way in ways:
            told = way.tags
            tags = {key: told[key] for key in surfaces.KEYS if key in told}
            if not surfaces.is_run_on(tags):
                continue
            with contextlib.suppress(
                RuntimeError, osmium.InvalidLocationError
            ):  # cut off at the border, or a single point
                shapes.append(factory.create_linestring(way))
                ids.append(way.id)
                kind.append(kinds.setdefault(tuple(sorted(tags.items())), len(kinds)))
                newest = max(newest, way.timestamp)
            if len(shapes) >= AT_ONCE:
                convert()
    convert()
    return Extract(
        data_date=_data_date(header, newest),
        way=np.array(ids, dtype=np.int64),
        kind=np.array(kind, dtype=np.int32),
        kinds=tuple(kinds),
        start=np.concatenate(([0], np.cumsum(np.concatenate(lengths)))),
        points_e7=np.concatenate(points),
    )


@contextlib.contextmanager
def _ways(path: Path) -> Iterator[tuple[Any, Any]]:
    """The file's header and its ways, filtered before Python sees them."""
    import osmium

    with tempfile.TemporaryDirectory(prefix="kneewise-") as folder:
        is_large = path.stat().st_size > LARGE_BYTES
        storage = f"sparse_file_array,{folder}/nodes" if is_large else "flex_mem"
        processor = osmium.FileProcessor(path).with_locations(storage)
        processor = processor.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        yield processor.header, processor.with_filter(osmium.filter.KeyFilter("highway", "leisure"))


def _data_date(header: Any, newest: datetime) -> date | None:
    """When the map was like this: what the file says of itself, else its latest change."""
    told = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(told).date()
    return newest.date() if newest > FIRST_MAPS else None
