"""How a body moves over a route, second by second: speed from terrain, heart rate with lag and drift, steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_samples.outings import Outing
from data_samples.terrain import STEP_M, Floats, Route
from data_samples.wander import wander


@dataclass(frozen=True, slots=True)
class Stop:
    """A standstill at a point of the route; by hand means the runner pressed the button."""

    at_m: float
    seconds: int
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Motion:
    """What truly happened, one sample a second. ``stops`` are (first, last second, by hand)."""

    distance_m: Floats
    speed_mps: Floats
    grade: Floats
    heart_rate_bpm: Floats
    cadence_rpm: Floats  # strides (or pedal turns) per minute
    stops: tuple[tuple[int, int, bool], ...]


def energy_cost(grade: Floats) -> Floats:
    """Energy cost of running on a slope against the flat (Minetti 2002, doi 10.1152/japplphysiol.01177.2001)."""
    g = np.clip(grade, -0.35, 0.35)
    cost = 155.4 * g**5 - 30.4 * g**4 - 43.3 * g**3 + 46.3 * g**2 + 19.5 * g + 3.6
    return np.asarray(cost / 3.6)


def pace_on_slope(grade: Floats) -> Floats:
    """Chosen speed against the flat: legs and lungs share a slope, and steep descents are braked."""
    cost = energy_cost(grade)
    chosen = np.where(grade > 0, cost**-0.62, cost**-0.38)
    return np.asarray(chosen * (1.0 - 1.6 * np.clip(-grade - 0.09, 0.0, 0.1)))


def move(outing: Outing, route: Route | None, rng: np.random.Generator) -> Motion:
    """Live through one outing; ``route`` is ``None`` indoors."""
    if outing.distance_m is None:
        return _stay(outing, rng)
    grade = route.grade if route else np.zeros(round(outing.distance_m / STEP_M) + 1)
    length = (len(grade) - 1) * STEP_M
    stops = _stops(outing, length, rng)
    slope = pace_on_slope(grade) if outing.sport != "cycling" else np.exp(-9.0 * np.clip(grade, -0.05, 0.1))
    pace = outing.speed_mps * _effort(outing.kind, length, len(grade)) * slope
    distance, speed, standing = _advance(pace, length, stops, rng)
    here = np.interp(distance, np.arange(len(grade)) * STEP_M, grade)
    return Motion(
        distance_m=distance,
        speed_mps=speed,
        grade=here,
        heart_rate_bpm=_heart_rate(outing, speed, here, rng),
        cadence_rpm=_cadence(outing, speed, here, rng),
        stops=standing,
    )


def _effort(kind: str, length_m: float, points: int) -> Floats:
    """Intended speed against the outing's own, along the way."""
    at = np.linspace(0.0, length_m, points)
    effort = 0.94 + 0.06 * np.clip(at / 1200.0, 0.0, 1.0)
    if kind == "long":
        effort *= 1.0 - 0.045 * (at / length_m) ** 2
    if kind == "tempo":
        effort *= np.where((at > 2000) & (at < length_m - 1200), 1.08, 0.9)
    if kind == "intervals":
        inside = (at > 2000) & (at < length_m - 1200)
        effort *= np.where(inside, np.where((at - 2000) % 1000 < 600, 1.25, 0.84), 0.95)
    return np.asarray(effort)


def _stops(outing: Outing, length_m: float, rng: np.random.Generator) -> list[Stop]:
    """Traffic lights anywhere, and a drink on the long ones."""
    if outing.kind in ("treadmill", "intervals", "hills"):
        return []
    count = int(rng.integers(0, 4)) if outing.sub_sport != "trail" else int(rng.integers(0, 2))
    places = rng.uniform(0.1, 0.95, count) * length_m
    lights = [Stop(float(at), int(rng.integers(9, 48)), False) for at in places]
    if outing.kind == "long" and length_m > 11_500:
        lights.append(Stop(length_m * float(rng.uniform(0.5, 0.62)), int(rng.integers(95, 230)), True))
    return sorted(lights, key=lambda stop: stop.at_m)


def _advance(
    pace: Floats, length_m: float, stops: list[Stop], rng: np.random.Generator
) -> tuple[Floats, Floats, tuple[tuple[int, int, bool], ...]]:
    """Integrate speed second by second; legs follow the intention with a few seconds' lag."""
    wanted, top = pace.tolist(), len(pace) - 1
    most = int(length_m / float(pace.min())) + 900
    mood = (1.0 + wander(rng, most, 0.028, 20.0) + wander(rng, most, 0.022, 240.0)).tolist()
    at, speed, distance, speeds = 0.0, 0.9, [0.0], [0.9]
    standing: list[tuple[int, int, bool]] = []
    waiting = list(stops)
    while at < length_m:
        if waiting and at >= waiting[0].at_m:
            stop = waiting.pop(0)
            first = len(distance)
            distance += [at] * stop.seconds
            speeds += [0.0] * stop.seconds
            standing.append((first, first + stop.seconds, stop.by_hand))
            speed = 0.8
        speed += (wanted[min(top, int(at / STEP_M))] * mood[len(distance)] - speed) / 4.0
        at = min(at + speed, length_m)
        distance.append(at)
        speeds.append(speed)
    return np.array(distance), np.array(speeds), tuple(standing)


def _heart_rate(outing: Outing, speed: Floats, grade: Floats, rng: np.random.Generator) -> Floats:
    """Follows demand with a lag (faster up than down), drifts up with time, flutters a little."""
    body = outing.runner
    cost = energy_cost(grade) if outing.sport != "cycling" else np.clip(1.0 + 14.0 * grade, 0.3, 2.2)
    share = {"cycling": 0.38, "walking": 0.75}.get(outing.sport, 1.0)
    demand = np.clip(0.055 + 0.93 * share * speed * cost / body.top_speed_mps, 0.20, 0.985)
    rise = 7.0 * np.arange(len(speed)) / 3600.0
    target = np.minimum(body.rest_bpm + (body.max_bpm - body.rest_bpm) * demand + rise, body.max_bpm - 1.0)
    now, beats = body.rest_bpm + rng.uniform(22, 40), []
    for goal in target.tolist():
        now += (goal - now) / (38.0 if goal > now else 55.0)
        beats.append(now)
    return np.array(beats) + wander(rng, len(beats), 1.1, 9.0)


def _cadence(outing: Outing, speed: Floats, grade: Floats, rng: np.random.Generator) -> Floats:
    """Strides per minute rise with speed, fall a little uphill and are zero at a standstill."""
    noise = wander(rng, len(speed), 1.5, 6.0)
    if outing.sport == "cycling":
        turning = (speed > 1.0) & (grade > -0.025)
        return np.where(turning, 79.0 + 1.6 * (speed - 6.5) + 2.0 * noise, 0.0)
    if outing.sport == "walking":
        return np.where(speed > 0.3, (112.0 + 18.0 * (speed - 1.4) + noise) / 2.0, 0.0)
    running = outing.runner.steps_per_min + 8.5 * (speed - 2.9) - 40.0 * np.clip(grade, -0.03, 0.15) + noise
    walking = 96.0 + 14.0 * speed + noise
    steps = np.where(speed > 1.6, running, walking)
    return np.where(speed > 0.3, steps / 2.0, 0.0)


def _stay(outing: Outing, rng: np.random.Generator) -> Motion:
    """An outing without a distance: sets and rests, seen by the heart alone."""
    seconds = np.arange(outing.duration_s + 1)
    body = outing.runner
    working = (seconds % 170) < 55
    target = np.where(working, body.rest_bpm + 68.0, body.rest_bpm + 38.0)
    now, beats = body.rest_bpm + 25.0, []
    for goal in target.tolist():
        now += (goal - now) / 40.0
        beats.append(now)
    nothing = np.full(len(seconds), np.nan)
    heart = np.array(beats) + wander(rng, len(beats), 1.5, 10.0)
    return Motion(nothing, nothing, nothing, heart, nothing, ())
