"""Where an athlete's runs usually begin: what a privacy zone is proposed for, without anybody typing an address."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.per_activity.gps_distance import EARTH_RADIUS_M
from features.training_log import Column
from pipelines.warehouse.positions import starts
from pipelines.warehouse.store import Db

NEWEST = 200  # runs
NEAR_M = 150.0  # a watch that is still looking for satellites is about as far off
MOST_PLACES = 5
FEWEST_RUNS = 2


@dataclass(frozen=True, slots=True)
class UsualStart:
    """A place where ``runs`` of the newest ``of_runs`` began; ``recording`` is one of them and names the place."""

    recording: str
    latitude_deg: float
    longitude_deg: float
    runs: int
    of_runs: int

    @property
    def place(self) -> tuple[Column, Column]:
        """Latitude and longitude, each as a column of one."""
        return np.array([self.latitude_deg]), np.array([self.longitude_deg])


def usual_starts(db: Db, athlete: str) -> tuple[UsualStart, ...]:
    """The most usual first; a place where a single run began is none."""
    recordings, places = starts(db, athlete, NEWEST)
    found: list[UsualStart] = []
    left = np.arange(len(recordings))
    while len(left) and len(found) < MOST_PLACES:
        near = _distances_m(places[left]) <= NEAR_M
        middle = int(np.argmax(near.sum(axis=1)))  # the newest of the most crowded
        together = left[near[middle]]
        if len(together) < FEWEST_RUNS:
            break
        latitude, longitude = np.median(places[together], axis=0)
        name = recordings[left[middle]]
        found.append(UsualStart(name, float(latitude), float(longitude), len(together), len(recordings)))
        left = left[~near[middle]]
    return tuple(found)


def _distances_m(places: Column) -> Column:
    """Between each two of some (latitude, longitude) in degrees, shape (n, n)."""
    latitude, longitude = np.radians(places).T
    east = (longitude[:, None] - longitude + np.pi) % (2 * np.pi) - np.pi
    east = east * np.cos((latitude[:, None] + latitude) / 2)
    return np.asarray(EARTH_RADIUS_M * np.hypot(latitude[:, None] - latitude, east))
