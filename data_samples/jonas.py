"""Jonas Weber: an old knee injury, a worn pair, a hilly block, and one run far longer than usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data_samples.outings import Outing, PlannedWeek, Runner, Watch, weeks
from data_samples.terrain import Place
from data_samples.wander import stream

_WATCH = Watch("garmin", 3992, None, 3400000017, 1926, auto_pause=True, smart=True, half_strides=True,
               temperature=True, barometer_listed=True, writes_generic=True)  # fmt: skip

JONAS = Runner(
    id="jonas",
    place=Place("hills", 51.5330, 9.9520, 172.0, roll_m=5.0, hill_m=52.0),
    zone="Europe/Berlin",
    watch=_WATCH,
    rest_bpm=56.0,
    max_bpm=183.0,
    top_speed_mps=4.5,
    steps_per_min=168.0,
)

# Week 15 is a holiday without a run. Weeks 27 to 30 go up into the hills.
_LONG_KM = (10.0, 10.5, 11.0, 8.5, 11.0, 11.5, 12.0, 9.0, 12.0, 12.5, 13.0, 9.5, 13.0, 12.0, 0.0, 10.0,
            11.0, 12.0, 12.5, 9.5, 12.5, 13.0, 13.5, 10.0, 13.0, 13.5, 13.5, 14.0, 13.0, 21.2)  # fmt: skip
_HILLY_LONG_DESCENT_M = {27: 230.0, 28: 265.0, 29: 245.0, 30: 485.0}
_HILLY_THURSDAY_DESCENT_M = {27: 150.0, 28: 170.0, 29: 175.0, 30: 190.0}

_RIDES = {2: 24.0, 6: 33.0, 10: 28.0, 15: 41.0, 18: 30.0, 22: 26.0}
_STRENGTH = (12, 20, 28)
_AS_GPX = {date(2026, 6, 9): ".gpx", date(2026, 8, 13): ".gpx.gz"}
EVERY_SECOND = {date(2026, 5, 2), date(2026, 11, 12)}
NO_STRAP = date(2026, 9, 1)  # no heart rate that day


def jonas_outings(seed: int) -> Iterator[Outing]:
    for week in weeks():
        for outing in _runs(week, seed) if _LONG_KM[week.number - 1] else ():
            yield _as_exported(outing)
        if week.number in _RIDES:
            km = _RIDES[week.number]
            yield Outing(JONAS, JONAS.local(week.on(6), 10.4), "ride", "cycling", "generic", km * 1000, km * 9.0,
                         6.9, every_s=10)  # fmt: skip
        if week.number in _STRENGTH:
            yield Outing(JONAS, JONAS.local(week.on(0), 19.1), "strength", "training", "strength_training", None,
                         None, 0.0, duration_s=2400 + 60 * week.number, every_s=10)  # fmt: skip


def _runs(week: PlannedWeek, seed: int) -> Iterator[Outing]:
    rng = stream(seed, "jonas", week.number)
    evening, saturday = rng.uniform(17.4, 18.6), rng.uniform(8.9, 10.3)
    hilly = week.number in _HILLY_LONG_DESCENT_M

    def run(weekday: int, hour: float, kind: str, km: float, descent_m: float, mps: float) -> Outing:
        spread = rng.normal(0.0, 0.006)
        trail = kind == "hills" or descent_m > 12.0 * km
        return Outing(JONAS, JONAS.local(week.on(weekday), hour), kind, "running", "trail" if trail else "street",
                      km * 1000 * (1 + spread), descent_m, mps * (1 + rng.normal(0.0, 0.012)))  # fmt: skip

    tuesday = run(1, evening, "easy", 6.0 + 0.06 * (week.number % 12), 32.0, 2.92)
    if week.number == 25:
        tuesday = replace(tuesday, kind="treadmill", sub_sport="treadmill", descent_m=None, speed_mps=2.95)
    yield tuesday
    if hilly:
        yield run(3, evening - 0.3, "hills", 8.0, _HILLY_THURSDAY_DESCENT_M[week.number], 2.95)
    else:
        kind, mps = ("tempo", 3.25) if week.number % 3 == 1 else ("easy", 2.95)
        yield run(3, evening - 0.3, kind, 7.0 + 0.05 * (week.number % 10), 36.0, mps)
    km = _LONG_KM[week.number - 1]
    yield run(5, saturday, "long", km, _HILLY_LONG_DESCENT_M.get(week.number, km * 6.0), 2.85)


def _as_exported(outing: Outing) -> Outing:
    day = outing.day
    if day in _AS_GPX:
        return replace(outing, suffix=_AS_GPX[day])
    if day == date(2026, 6, 13):
        return replace(outing, suffix=".FIT", stem=f"{day}-LONG")
    if day == NO_STRAP:
        return replace(outing, heart_rate=False)
    if day.day % 4 == 1:
        outing = replace(outing, suffix=".fit")
    return replace(outing, every_s=1) if day in EVERY_SECOND else outing
