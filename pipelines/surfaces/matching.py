"""What one recording was run on: shares of its distance, and the stretches behind them.

Shares are expected ones: what each way near a point probably is, weighted by how probably it was that way. What the
map does not know stays unknown. The distance is the device's, which goes on where the receiver is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from features import evidence, surfaces
from features.per_activity.gps_distance import cumulative_gps_m
from features.per_activity.map_match import NO_WAY, match
from features.per_activity.oval_track import on_oval_track
from features.training_log import Column, Track
from pipelines.surfaces.region import Region

if TYPE_CHECKING:  # it needs an optional extra
    from pipelines.surfaces.network import Network

VERSION = 1  # of everything between a recording and its shares: raise it, and all runs are matched again

THIN_M = 6.0  # points nearer than a receiver's error say nothing new
BRIDGED_M = 200.0  # a longer stretch without positions could have been anywhere
SHORTEST_M = 30.0  # a shorter stretch on another class is more likely the receiver's than the runner's
UNKNOWN = "unknown"
ANSWERS = (*surfaces.CLASSES, UNKNOWN)

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a run on one class; ``way`` is the one that most of it follows, None where there is none."""

    from_m: float
    to_m: float
    surface: str
    way: int | None
    is_explicit: bool
    posterior: float


@dataclass(frozen=True, slots=True)
class SurfaceMatch:
    """Shares of a recording's distance by class and ``unknown``, which sum to 1, and what they rest on.

    The four shares sum to 1 too: the map names the surface, it was guessed, the path was on no way of the map,
    there was no position. ``confidence`` is the probability of the likeliest group, over what had positions.
    """

    shares: dict[str, float]
    explicit_share: float
    inferred_share: float
    off_network_share: float
    no_position_share: float
    confidence: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class _Points:
    """Some positions of a run, n of them: how far it had come, and what was underfoot there.

    ``likely`` is (n, answers), ``rests_on`` (n, 3): the map's word, a guess, no way near. ``best`` is the answer of
    the likeliest path on the whole, ``way`` its way (NO_WAY = none).
    """

    covered_m: Column
    likely: Column
    rests_on: Column
    best: Indices
    way: npt.NDArray[np.int64]
    is_explicit: npt.NDArray[np.bool_]


NOTHING_KNOWN = SurfaceMatch(
    {**dict.fromkeys(surfaces.CLASSES, 0.0), UNKNOWN: 1.0}, 0.0, 0.0, 0.0, 1.0, 0.0, ()
)


def match_track(track: Track, network: Network, region: Region) -> SurfaceMatch:
    """What a recording was run on; nothing is known without two positions and a distance."""
    covered_m = _covered_m(track)
    chosen = _thinned(track, covered_m)
    if len(chosen) < 2 or covered_m[-1] <= 0:
        return NOTHING_KNOWN
    longitude, latitude = track.longitude_deg[chosen], track.latitude_deg[chosen]
    points = _on_the_map(covered_m[chosen], longitude, latitude, network, region)
    on_track = on_oval_track(track)
    if on_track is not None:
        points = _on_a_track(points, on_track[chosen])
    return _summed(points, float(covered_m[-1]))


def _covered_m(track: Track) -> Column:
    """The distance up to each sample: the device's, else that between positions."""
    by_device = _bridged(track.distance_m)
    if len(by_device) and by_device[-1] > 0:
        return by_device
    return _bridged(cumulative_gps_m(track, "running"))


def _bridged(distance_m: Column) -> Column:
    """A counter that starts at 0, never runs back and has no gaps."""
    known = np.flatnonzero(~np.isnan(distance_m))
    if not len(known):
        return np.zeros(len(distance_m))
    steps = np.maximum(np.diff(distance_m[known]), 0.0)
    return np.asarray(np.interp(np.arange(len(distance_m)), known, np.append(0.0, np.cumsum(steps))))


def _thinned(track: Track, covered_m: Column) -> Indices:
    """The samples with a position that are about ``THIN_M`` apart, with the first and the last."""
    known = np.flatnonzero(~np.isnan(track.latitude_deg) & ~np.isnan(track.longitude_deg))
    kept = np.diff(np.floor(covered_m[known] / THIN_M), prepend=-1.0) > 0
    kept[-1:] = True
    return known[kept]


def _on_the_map(
    covered_m: Column, longitude_deg: Column, latitude_deg: Column, network: Network, region: Region
) -> _Points:
    near = network.candidates(longitude_deg, latitude_deg)
    found = match(near, network.linked)
    kind = network.kind[near.way]  # of no way it is anyone's: the probability of that is 0
    explicit = np.array([k.is_explicit for k in region.kinds])[kind]
    on_way, off = found.probability[:, :-1], found.probability[:, -1]
    told = np.sum(on_way * explicit, axis=1)
    on_map = found.best < near.way.shape[1]
    chosen = np.arange(len(kind)), np.where(on_map, found.best, 0)
    return _Points(
        covered_m=covered_m,
        likely=np.column_stack([np.einsum("nk,nkc->nc", on_way, region.shares[kind]), off]),
        rests_on=np.column_stack([told, 1 - told - off, off]),
        best=np.where(on_map, region.shares[kind[chosen]].argmax(axis=1), ANSWERS.index(UNKNOWN)),
        way=np.where(on_map, network.way[near.way[chosen]], NO_WAY),
        is_explicit=on_map & explicit[chosen],
    )


def _on_a_track(points: _Points, is_oval: npt.NDArray[np.bool_]) -> _Points:
    """The shape of the laps beats the map, which knows few tracks and has a path around many."""
    track = ANSWERS.index("track")
    sure = evidence.value("oval_track_probability")
    laps = sure * np.eye(len(ANSWERS))[track]
    column = is_oval[:, None]
    return replace(
        points,
        likely=np.where(column, laps + (1 - sure) * points.likely, points.likely),
        rests_on=np.where(column, [0.0, 1.0, 0.0], points.rests_on),
        best=np.where(is_oval, track, points.best),
        way=np.where(is_oval, NO_WAY, points.way),
        is_explicit=points.is_explicit & ~is_oval,
    )


def _summed(points: _Points, total_m: float) -> SurfaceMatch:
    """Each step between two points is half the one's and half the other's, unless it is too long to tell."""
    steps = np.diff(points.covered_m)
    told = np.where(steps <= BRIDGED_M, steps, 0.0)
    weight = (np.append(told, 0.0) + np.append(0.0, told)) / 2
    located_m = float(weight.sum())
    nowhere = 1 - located_m / total_m
    by_answer = weight @ points.likely / total_m
    by_answer[ANSWERS.index(UNKNOWN)] += nowhere
    explicit, inferred, off = (weight @ points.rests_on / total_m).tolist()
    return SurfaceMatch(
        shares=dict(zip(ANSWERS, by_answer.tolist(), strict=True)),
        explicit_share=explicit,
        inferred_share=inferred,
        off_network_share=off,
        no_position_share=nowhere,
        confidence=float(weight @ _sureness(points.likely)) / located_m if located_m else 0.0,
        stretches=_stretches(points, total_m),
    )


def _sureness(likely: Column) -> Column:
    """The probability of each point's likeliest group; being off the map is one."""
    groups = np.array([surfaces.GROUP_OF.get(answer, UNKNOWN) for answer in ANSWERS])
    by_group = [likely[:, groups == group].sum(axis=1) for group in np.unique(groups)]
    return np.asarray(np.max(by_group, axis=0))


def _stretches(points: _Points, total_m: float) -> tuple[Stretch, ...]:
    """The run from start to end in stretches of one answer each."""
    at_m, middle = points.covered_m, (points.covered_m[:-1] + points.covered_m[1:]) / 2
    is_long = np.diff(at_m) > BRIDGED_M
    # a piece around each point, and one for each stretch without a position: nobody knows on what
    gaps_from, gaps_to = np.append(0.0, at_m[:-1][is_long]), np.append(at_m[0], at_m[1:][is_long])
    from_m = np.concatenate((at_m[:1], np.where(is_long, at_m[1:], middle), gaps_from, at_m[-1:]))
    to_m = np.concatenate((np.where(is_long, at_m[:-1], middle), at_m[-1:], gaps_to, [total_m]))
    gaps = len(from_m) - len(at_m)
    pieces = np.flatnonzero(to_m > from_m)
    pieces = pieces[np.argsort(from_m[pieces])]
    length = (to_m - from_m)[pieces]
    answer = _without_short(np.append(points.best, np.full(gaps, ANSWERS.index(UNKNOWN)))[pieces], length)
    way = np.append(points.way, np.full(gaps, NO_WAY))[pieces]
    explicit = np.append(points.is_explicit, np.zeros(gaps))[pieces]
    posterior = np.append(points.likely[np.arange(len(at_m)), points.best], np.ones(gaps))[pieces]
    first = _starts(answer)
    after = np.append(first[1:], len(pieces))
    sums = np.add.reduceat(np.column_stack([length, length * explicit, length * posterior]), first)
    return tuple(
        Stretch(
            from_m=float(from_m[pieces[one]]),
            to_m=float(to_m[pieces[end - 1]]),
            surface=ANSWERS[answer[one]],
            way=_longest(way[one:end], length[one:end]),
            is_explicit=bool(told >= whole / 2),
            posterior=float(sure / whole),
        )
        for one, end, (whole, told, sure) in zip(first, after, sums, strict=True)
    )


def _starts(answer: Indices) -> Indices:
    """Where a new answer begins."""
    return np.flatnonzero(np.append(True, answer[1:] != answer[:-1]))


def _without_short(answer: Indices, length: Column) -> Indices:
    """Answers that hold for less than ``SHORTEST_M`` give way to the one before, the first ones to the one after."""
    first = _starts(answer)
    stays = np.add.reduceat(length, first) >= SHORTEST_M
    if not stays.any():
        return answer
    last = np.maximum.accumulate(np.where(stays, np.arange(len(first)), -1))
    last = np.where(last < 0, stays.argmax(), last)
    return np.repeat(answer[first[last]], np.diff(np.append(first, len(answer))))


def _longest(way: npt.NDArray[np.int64], length: Column) -> int | None:
    """The way that most of a stretch follows."""
    ways, place = np.unique(way, return_inverse=True)
    longest = int(ways[np.bincount(place, length).argmax()])
    return None if longest == NO_WAY else longest
