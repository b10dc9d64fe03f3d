"""Truth to hold surfaces against: tags that are hidden and guessed, and simulated runs along real ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import surfaces
from features.per_activity.gps_distance import haversine_m
from features.per_activity.map_match import NO_WAY, match
from features.surfaces import CLASSES, GROUP_OF, GROUPS, Kind
from features.training_log import Column
from pipelines.surfaces.network import Network, around
from pipelines.surfaces.region import Region

SPEED_MPS = 2.9
ROUTE_M = 8_000.0
NOISE_LASTS_S = 25.0  # as measured on runs over a 400 m track; half a metre comes anew each second
WHITE_M = 0.5
FOLDS = 5
# How much likelier a runner goes on along such a way than along another, for which it is 1.
LIKED = {"path": 5.0, "track": 5.0, "footway": 3.0, "cycleway": 3.0, "residential": 2.0, "pedestrian": 2.0}
GROUP = np.array([GROUPS.index(GROUP_OF[name]) for name in CLASSES])
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.97)


def way_lengths_m(region: Region) -> Column:
    longitude, latitude = np.asarray(region.array("points_e7")).T / 1e7
    covered = np.concatenate(([0.0], np.cumsum(haversine_m(latitude, longitude))))
    start = np.asarray(region.array("start"))
    return np.asarray(covered[start[1:] - 1] - covered[start[:-1]])


def pattern_km(maps: Mapping[str, Region]) -> dict[str, Column]:
    """Kilometres of each pattern by class, of all ways that carry a tag: the ``km`` of surfaces.toml."""
    summed = {name: np.zeros(len(CLASSES)) for name in surfaces.usual_shares()}
    for region in maps.values():
        for kind, km in zip(region.kinds, region.km_of_kind, strict=True):
            if kind.is_explicit:
                summed[kind.pattern] += km * surfaces.shares(kind, surfaces.usual_shares())
    return summed


@dataclass(frozen=True, slots=True)
class Guesses:
    """Guesses beside the truth, with the metres that each is about: probabilities and classes."""

    likely: Column
    truth: NDArray[np.intp]
    metres: Column

    def right(self) -> Column:
        return np.asarray(self.likely.argmax(axis=1) == self.truth)

    def group_right(self) -> Column:
        by_group = np.stack(
            [self.likely[:, group == GROUP].sum(axis=1) for group in range(len(GROUPS))], axis=1
        )
        return np.asarray(by_group.argmax(axis=1) == GROUP[self.truth])

    def calibration(self) -> list[tuple[float, float, float]]:
        """Of each bin of probability: its lower end, the share that was right, the share of the metres."""
        sure = self.likely.max(axis=1)
        rows = []
        for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
            inside = (sure >= low) & (sure < high)
            if inside.any():
                right = float(np.average(self.right()[inside], weights=self.metres[inside]))
                rows.append((low, right, float(self.metres[inside].sum() / self.metres.sum())))
        return rows


def hidden_tags(maps: Mapping[str, Region], seed: int) -> tuple[Guesses, Guesses]:
    """Every tagged way's class guessed from the other tagged ways: with its region's own, and from the table alone.

    The table was measured on these same extracts, so what it guesses alone flatters it a little.
    """
    rng = np.random.default_rng(seed)
    learned, plain, truth, metres = [], [], [], []
    for region in maps.values():
        kind, length = np.asarray(region.array("kind")), way_lengths_m(region)
        told = np.array([k.is_explicit and len(k.told) == 1 for k in region.kinds])[kind]
        fold = rng.integers(0, FOLDS, len(kind))
        for held_out in range(FOLDS):
            known, hidden = told & (fold != held_out), told & (fold == held_out)
            km: dict[Kind, float] = defaultdict(float)
            for number, summed in enumerate(
                np.bincount(kind[known], length[known], len(region.kinds)) / 1000
            ):
                km[region.kinds[number]] += float(summed)
            for prior, guesses in ((surfaces.learned(km), learned), (surfaces.usual_shares(), plain)):
                by_kind = np.stack([prior[k.pattern] for k in region.kinds])
                guesses.append(by_kind[kind[hidden]])
            names = [CLASSES.index(k.told[0]) if k.is_explicit else 0 for k in region.kinds]
            truth.append(np.array(names)[kind[hidden]])
            metres.append(length[hidden])
    of = np.concatenate(truth), np.concatenate(metres)
    return Guesses(np.concatenate(learned), *of), Guesses(np.concatenate(plain), *of)


@dataclass(frozen=True, slots=True)
class Route:
    """A run along real ways, a sample a second: where, and on which of the network's ways."""

    longitude_deg: Column
    latitude_deg: Column
    way: NDArray[np.intp]


class Streets:
    """The ways of a region as steps between their points, for routes to be made of."""

    def __init__(self, region: Region) -> None:
        start = np.asarray(region.array("start"))
        self.points = np.asarray(region.array("points_e7")) / 1e7
        owner = np.repeat(np.arange(len(start) - 1), np.diff(start))
        _, node = np.unique(np.asarray(region.array("points_e7")), axis=0, return_inverse=True)
        self.place = np.zeros((node.max() + 1, 2))
        self.place[node] = self.points
        liked = np.array([LIKED.get(k.pattern.split(" ")[0], 1.0) for k in region.kinds])[
            np.asarray(region.array("kind"))
        ]
        self.steps: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for one, other, way in zip(node[:-1].tolist(), node[1:].tolist(), owner[:-1].tolist(), strict=True):
            self.steps[one].append((other, way, float(liked[way])))
            self.steps[other].append((one, way, float(liked[way])))
        # the last point of a way and the first of the next are no step
        for end in (start[1:-1] - 1).tolist():
            one, other, way = int(node[end]), int(node[end + 1]), int(owner[end])
            self.steps[one].remove((other, way, float(liked[way])))
            self.steps[other].remove((one, way, float(liked[way])))

    def route(self, rng: np.random.Generator) -> Route:
        """A walk that turns back only at dead ends, and goes straight on along a way more often than off it."""
        nodes = list(self.steps)
        at, before, way = int(nodes[rng.integers(len(nodes))]), -1, -1
        path, ways, covered = [at], [], 0.0
        while covered < ROUTE_M:
            choices = [step for step in self.steps[at] if step[0] != before] or self.steps[at]
            if not choices:
                break
            weights = np.array([liked * (3.0 if w == way else 1.0) for _, w, liked in choices])
            after, way, _ = choices[rng.choice(len(choices), p=weights / weights.sum())]
            leg = self.place[[at, after]]
            covered += float(haversine_m(leg[:, 1], leg[:, 0])[0])
            at, before = after, at
            path.append(at)
            ways.append(way)
        corners = self.place[path]
        along = np.concatenate(([0.0], np.cumsum(haversine_m(corners[:, 1], corners[:, 0]))))
        seconds = np.arange(0.0, along[-1], SPEED_MPS)
        step = np.clip(np.searchsorted(along, seconds, side="right") - 1, 0, len(ways) - 1)
        return Route(
            np.interp(seconds, along, corners[:, 0]),
            np.interp(seconds, along, corners[:, 1]),
            np.array(ways)[step],
        )


def seen(route: Route, noise_m: float, rng: np.random.Generator) -> tuple[Column, Column]:
    """The route as a receiver sees it: errors that last for half a minute."""
    keep = np.exp(-1 / NOISE_LASTS_S)
    error = np.zeros((len(route.way), 2))
    fresh = rng.normal(0, noise_m * np.sqrt(1 - keep**2), error.shape)
    error[0] = rng.normal(0, noise_m, 2)
    for second in range(1, len(error)):
        error[second] = keep * error[second - 1] + fresh[second]
    error += rng.normal(0, WHITE_M, error.shape)
    latitude = route.latitude_deg + error[:, 1] / 111_195
    longitude = route.longitude_deg + error[:, 0] / 111_195 / np.cos(np.radians(latitude))
    return longitude, latitude


@dataclass(frozen=True, slots=True)
class Matched:
    """Points of a simulated run, 6 m apart: whether the way is right, how sure that is, and the class there.

    ``likely`` is (n, classes and off the map), ``expected`` (n, classes) what the true way's tags say, guessed where
    it has none: what is judged here is the matching, not the guessing.
    """

    way_is_right: NDArray[np.bool_]
    way_sure: Column
    likely: Column
    expected: Column


def matched(
    region: Region, network: Network, route: Route, noise_m: float, rng: np.random.Generator
) -> Matched:
    """A route as a receiver sees it, matched; ``network`` has all ways of the region, in its order."""
    longitude, latitude = (column[::2] for column in seen(route, noise_m, rng))
    near = network.candidates(longitude, latitude)
    found = match(near, network.linked)
    truth, columns = route.way[::2], np.arange(len(longitude))
    ways = np.column_stack([near.way, np.full(len(columns), NO_WAY)])
    on_way = np.einsum("nk,nkc->nc", found.probability[:, :-1], region.shares[network.kind[near.way]])
    return Matched(
        way_is_right=ways[columns, found.best] == truth,
        way_sure=found.probability[columns, found.best],
        likely=np.column_stack([on_way, found.probability[:, -1]]),
        expected=region.shares[network.kind[truth]],
    )


def simulated(region: Region, noise_m: float, routes: int, seed: int) -> Iterator[Matched]:
    """So many routes through a region, matched."""
    rng = np.random.default_rng(seed)
    streets, network = Streets(region), around(region, region.cells)
    for _ in range(routes):
        yield matched(region, network, streets.route(rng), noise_m, rng)
