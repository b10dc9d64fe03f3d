"""Which way a path most likely followed: a hidden Markov model over the ways near each of its points.

unit: index of a way, and its probability
unknown when: no way is near enough, or a stay off all ways explains the path better.
source: technique, not evidence: the model of Newson and Krumm (2009, doi:10.1145/1653771.1653818) with sharing a
node in place of a shortest route, and a state for being off the map. The costs (in -log probability) were chosen
on simulated runs over seven regions; how it does on others is in docs/surfaces.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column

# Watches are 3 to 8 m off, and wide roads are drawn as their middle: 8 was never worse than 5, and better by up to
# 10 points of distance where receivers were poor.
SPREAD_M = 8.0
HEADING = 1.5  # for a way at right angles to the path
LINKED = 2.5  # for changing to a way that shares a node
APART = 9.0  # for changing to one that does not: receivers jump, runners do not
STEP_M = 3.0  # of disagreement between the path's step and the one along the ways, for a cost of 1
# Off the map is like 35 m beside a way: at 20 m, those beside wide boulevards would count as off it.
OFF_MAP = 35.0**2 / (2 * SPREAD_M**2)
LEAVING = 8.0  # for leaving the map and for coming back
# A receiver's errors last for half a minute, so that ten points tell less than ten times as much as one.
INDEPENDENCE = 0.5

NO_WAY = -1
_FAR = 1e6  # a cost that nothing outweighs

Linked = Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """For each of n points the up to k ways near it: ``way`` is (n, k), NO_WAY where there are fewer.

    ``apart_m`` is the distance to the way, ``across`` 0 where the way runs with the path and 1 where it runs
    across, ``east_m`` and ``north_m`` the nearest place on it; all (n, k). ``step_m`` (n - 1,) is how far apart
    consecutive points are.
    """

    way: NDArray[np.intp]
    apart_m: Column
    across: Column
    east_m: Column
    north_m: Column
    step_m: Column


@dataclass(frozen=True, slots=True)
class Matched:
    """``best`` (n,) is each point's column of ``Candidates.way`` on the likeliest path, k = off the map;
    ``probability`` (n, k + 1) is that of each column, the last for being off the map."""

    best: NDArray[np.intp]
    probability: Column


def match(candidates: Candidates, linked: Linked) -> Matched:
    """The likeliest path, and how likely each way is at each point.

    ``linked`` says of two equally shaped arrays of ways which pairs share a node.
    """
    here, moves = _costs_of_points(candidates), _costs_of_moves(candidates, linked)
    return Matched(_likeliest(here, moves), _probabilities(here, moves))


def _costs_of_points(candidates: Candidates) -> Column:
    """(n, k + 1): what each point says against each way, and against being off the map."""
    near = (candidates.apart_m / SPREAD_M) ** 2 / 2 + HEADING * candidates.across
    on_map = np.where(candidates.way == NO_WAY, _FAR, near)
    return np.column_stack([on_map, np.full(len(on_map), OFF_MAP)])


def _costs_of_moves(candidates: Candidates, linked: Linked) -> Column:
    """(n - 1, k + 1, k + 1): what speaks against going from the first way to the second."""
    points, ways = candidates.way.shape
    before, after = candidates.way[:-1, :, None], candidates.way[1:, None, :]
    before, after = np.broadcast_arrays(before, after)
    change = np.where(linked(before, after), LINKED, APART)
    change = np.where(before == after, 0.0, change)
    east = candidates.east_m[1:, None, :] - candidates.east_m[:-1, :, None]
    north = candidates.north_m[1:, None, :] - candidates.north_m[:-1, :, None]
    stretch = np.abs(np.hypot(east, north) - candidates.step_m[:, None, None]) / STEP_M
    moves = np.full((max(points - 1, 0), ways + 1, ways + 1), LEAVING)
    moves[:, :ways, :ways] = np.where((before == NO_WAY) | (after == NO_WAY), _FAR, change + stretch)
    moves[:, ways, ways] = 0.0
    return moves


def _likeliest(here: Column, moves: Column) -> NDArray[np.intp]:
    """Viterbi: the states of the path that costs least on the whole."""
    came_from = np.zeros(here.shape, dtype=np.intp)
    cost = here[0]
    for point, move in enumerate(moves, start=1):
        ways_here = cost[:, None] + move
        came_from[point] = ways_here.argmin(axis=0)
        cost = ways_here.min(axis=0) + here[point]
    best = np.zeros(len(here), dtype=np.intp)
    best[-1] = cost.argmin()
    for point in range(len(here) - 1, 0, -1):
        best[point - 1] = came_from[point, best[point]]
    return best


def _probabilities(here: Column, moves: Column) -> Column:
    """Forward and backward: how likely each state is, given all points before and after."""
    seen, moved = np.exp(-INDEPENDENCE * here), np.exp(-INDEPENDENCE * moves)
    forward, backward = np.empty_like(seen), np.ones_like(seen)
    forward[0] = seen[0] / seen[0].sum()
    for point, move in enumerate(moved, start=1):
        forward[point] = forward[point - 1] @ move * seen[point]
        forward[point] /= forward[point].sum()
    for point in range(len(seen) - 2, -1, -1):
        backward[point] = moved[point] @ (seen[point + 1] * backward[point + 1])
        backward[point] /= backward[point].sum()
    both = forward * backward
    return np.asarray(both / both.sum(axis=1, keepdims=True))
