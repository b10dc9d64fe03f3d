"""Which way a path followed: the model against every path that there is, and properties that any model has."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from features.per_activity import map_match
from features.per_activity.map_match import NO_WAY, Candidates, match

Indices = NDArray[np.intp]


def linked(before: Indices, after: Indices) -> NDArray[np.bool_]:
    """Ways 0-1 and 1-2 share a node, 0-2 do not."""
    return np.asarray(np.abs(before - after) == 1)


@st.composite
def paths(draw: st.DrawFn) -> Candidates:
    """Up to four points with up to three ways near each, at random places."""
    points = draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    way = np.stack([rng.permutation(3) for _ in range(points)])
    way[rng.random(way.shape) < 0.2] = NO_WAY
    return Candidates(
        way=way,
        apart_m=rng.uniform(0, 40, way.shape),
        across=rng.uniform(0, 1, way.shape),
        east_m=rng.uniform(0, 30, way.shape),
        north_m=rng.uniform(0, 30, way.shape),
        step_m=rng.uniform(0, 20, points - 1),
    )


def cost(candidates: Candidates, states: tuple[int, ...]) -> float:
    """What speaks against one whole path, written out; the last state is off the map."""
    off = candidates.way.shape[1]
    total = 0.0
    for point, state in enumerate(states):
        if state == off:
            total += 35**2 / 128
        elif candidates.way[point, state] == NO_WAY:
            total += 1e6
        else:
            total += candidates.apart_m[point, state] ** 2 / 128 + 1.5 * candidates.across[point, state]
    for point, (one, other) in enumerate(pairwise(states)):
        if one == off or other == off:
            total += 0 if one == other else 8
            continue
        a, b = candidates.way[point, one], candidates.way[point + 1, other]
        if NO_WAY in (a, b):
            total += 1e6
            continue
        east = candidates.east_m[point + 1, other] - candidates.east_m[point, one]
        north = candidates.north_m[point + 1, other] - candidates.north_m[point, one]
        total += 0 if a == b else 2.5 if abs(a - b) == 1 else 9
        total += abs(np.hypot(east, north) - candidates.step_m[point]) / 3
    return total


@settings(max_examples=100, deadline=None)
@given(paths())
def test_no_other_path_costs_less(candidates: Candidates) -> None:
    found = match(candidates, linked)
    points, ways = candidates.way.shape
    costs = {states: cost(candidates, states) for states in product(range(ways + 1), repeat=points)}
    assert np.isclose(cost(candidates, tuple(found.best.tolist())), min(costs.values()))


@settings(max_examples=100, deadline=None)
@given(paths())
def test_the_probabilities_are_those_of_all_paths_together(candidates: Candidates) -> None:
    found = match(candidates, linked)
    points, ways = candidates.way.shape
    summed = np.zeros((points, ways + 1))
    for states in product(range(ways + 1), repeat=points):
        for point, state in enumerate(states):
            summed[point, state] += np.exp(-cost(candidates, states) / 2)
    np.testing.assert_allclose(found.probability, summed / summed.sum(axis=1, keepdims=True), atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(paths())
def test_a_run_backwards_follows_the_same_ways(candidates: Candidates) -> None:
    back = Candidates(
        *(np.ascontiguousarray(getattr(candidates, name)[::-1]) for name in Candidates.__slots__)
    )
    there, again = match(candidates, linked), match(back, linked)
    np.testing.assert_allclose(there.probability, again.probability[::-1], atol=1e-9)


def straight(apart_m: list[list[float]], way: list[list[int]]) -> Candidates:
    """Points 6 m apart along ways that run east."""
    points, ways = np.array(way).shape
    east = np.repeat(6.0 * np.arange(points)[:, None], ways, axis=1)
    return Candidates(
        np.array(way), np.array(apart_m), np.zeros((points, ways)), east, np.zeros((points, ways)),
        np.full(points - 1, 6.0),
    )  # fmt: skip


def test_a_jump_of_the_receiver_does_not_change_the_way() -> None:
    apart = [[3.0, 12.0]] * 10 + [[12.0, 3.0]] * 2 + [[3.0, 12.0]] * 10
    found = match(straight(apart, [[0, 2]] * 22), linked)
    assert found.best.tolist() == [0] * 22
    assert found.probability[0, 0] > 0.9


def test_far_from_every_way_is_off_the_map() -> None:
    found = match(straight([[39.0]] * 20, [[0]] * 20), linked)
    assert found.best.tolist() == [1] * 20
    nothing = match(straight([[0.0]] * 5, [[NO_WAY]] * 5), linked)
    assert nothing.best.tolist() == [1] * 5
    np.testing.assert_allclose(nothing.probability[:, -1], 1)


def test_a_wide_boulevard_is_not_off_the_map() -> None:
    assert match(straight([[16.0]] * 20, [[0]] * 20), linked).best.tolist() == [0] * 20
    assert map_match.OFF_MAP > 16**2 / (2 * map_match.SPREAD_M**2)
