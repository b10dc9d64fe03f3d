"""Privacy zones as athletes set them: where the disc lies that hides a home, never the home itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.engine import RowMapping

from pipelines.errors import KneewiseError
from pipelines.logbook.instants import plain
from pipelines.logbook.rights_tables import privacy_zone as table
from pipelines.logbook.store import Logbook
from pipelines.privacy_zones import RADII_M, Zone

MOST_ZONES = 10
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class SetZone:
    """A zone with the name that its athlete gave it."""

    id: int
    name: str
    zone: Zone
    made_at: datetime


def put(logbook: Logbook, athlete: str, name: str, zone: Zone, now: datetime) -> None:
    """Store a new zone. Raises KneewiseError for a name of nothing, another radius, or too many."""
    called = " ".join(name.split())
    if not 1 <= len(called) <= LONGEST_NAME:
        raise KneewiseError(f"a zone needs a name of 1 to {LONGEST_NAME} letters, to know it again by.")
    if zone.radius_m not in RADII_M:
        raise KneewiseError(f"a radius is one of {', '.join(f'{r:g}' for r in RADII_M)} m.")
    if len(zones(logbook, athlete)) >= MOST_ZONES:
        raise KneewiseError(f"there are {MOST_ZONES} zones already; remove one first.")
    values = {
        "athlete": athlete,
        "name": called,
        "latitude_deg": zone.latitude_deg,
        "longitude_deg": zone.longitude_deg,
        "radius_m": zone.radius_m,
        "secret": zone.secret,
        "made_at": plain(now),
    }
    with logbook.engine.begin() as db:
        db.execute(table.insert().values(values))


def remove(logbook: Logbook, athlete: str, number: int) -> None:
    with logbook.engine.begin() as db:
        db.execute(delete(table).where(table.c.id == number, table.c.athlete == athlete))


def zones(logbook: Logbook, athlete: str) -> tuple[SetZone, ...]:
    """All of an athlete's, oldest first."""
    query = select(table).where(table.c.athlete == athlete).order_by(table.c.id)
    with logbook.engine.connect() as db:
        return tuple(map(_zone, db.execute(query).mappings()))


def _zone(row: RowMapping) -> SetZone:
    zone = Zone(row["latitude_deg"], row["longitude_deg"], row["radius_m"], row["secret"])
    return SetZone(row["id"], row["name"], zone, row["made_at"].replace(tzinfo=UTC))
