"""Mara Lind: builds sensibly for a year-end half marathon on the flat; her last week is calm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data_samples.outings import Outing, PlannedWeek, Runner, Watch, weeks
from data_samples.terrain import Place
from data_samples.wander import stream

_WATCH = Watch("coros", 804, "COROS PACE 3", None, 0, auto_pause=False, smart=False, half_strides=False,
               temperature=False, barometer_listed=False, writes_generic=False)  # fmt: skip

MARA = Runner(
    id="mara",
    place=Place("plain", 59.8660, 17.6020, 24.0, roll_m=7.0, hill_m=0.0),
    zone="Europe/Stockholm",
    watch=_WATCH,
    rest_bpm=54.0,
    max_bpm=189.0,
    top_speed_mps=4.35,
    steps_per_min=174.0,
)

# Each long run is planned about 5 % above the longest of the 30 days before; every fourth week is lighter.
_LONG_KM = (10.0, 10.5, 11.0, 9.0, 11.5, 12.0, 12.5, 10.0, 13.0, 13.5, 14.0, 11.0, 14.5, 15.0, 15.5, 12.0,
            16.0, 16.5, 17.0, 13.0, 17.5, 18.0, 18.5, 14.0, 19.0, 19.5, 20.0, 15.0, 20.3, 16.0)  # fmt: skip

_RIDES = {3: 22.0, 7: 26.0, 11: 31.0, 15: 24.0, 19: 28.0, 23: 30.0, 26: 21.0}
_WALKS = {6: 4.8, 28: 5.6}
_AS_GPX = {date(2026, 5, 19): ".gpx", date(2026, 7, 7): ".gpx", date(2026, 8, 18): ".gpx.gz"}
EVERY_SECOND = {date(2026, 5, 3), date(2026, 11, 10)}
MIDSUMMER_NIGHT = date(2026, 6, 20)  # a run at 00:20, still Friday in UTC
DIED_ON = date(2026, 7, 2)  # the watch's battery, half-way
COPIED = date(2026, 6, 14)  # the file that was saved twice


def mara_outings(seed: int) -> Iterator[Outing]:
    for week in weeks():
        for outing in _runs(week, seed):
            yield _as_exported(outing)
        if week.number in _RIDES:
            km = _RIDES[week.number]
            yield Outing(MARA, MARA.local(week.on(2), 17.9), "ride", "cycling", "road", km * 1000, km * 3.0, 6.6,
                         every_s=10)  # fmt: skip
        if week.number in _WALKS:
            km = _WALKS[week.number]
            yield Outing(MARA, MARA.local(week.on(5), 15.2), "walk", "walking", "generic", km * 1000, km * 3.0,
                         1.45, every_s=10)  # fmt: skip


def _runs(week: PlannedWeek, seed: int) -> Iterator[Outing]:
    rng = stream(seed, "mara", week.number)
    long_km = _LONG_KM[week.number - 1]
    lighter = week.number % 4 == 0 or week.number == 30
    morning, evening, sunday = rng.uniform(6.5, 7.1), rng.uniform(17.5, 18.4), rng.uniform(8.6, 9.8)

    def run(weekday: int, hour: float, kind: str, km: float, mps: float) -> Outing:
        spread = rng.normal(0.0, 0.006)
        return Outing(MARA, MARA.local(week.on(weekday), hour), kind, "running", "generic",
                      km * 1000 * (1 + spread), km * 4.5, mps * (1 + rng.normal(0.0, 0.012)))  # fmt: skip

    faster = 0.0045 * week.number  # m/s a week: she gets fitter
    yield run(1, evening, "easy", min(5.0 + 0.12 * week.number, 8.0), 2.80 + faster)
    quality = "easy" if lighter else ("intervals" if week.number % 2 else "tempo")
    pace = {"easy": 2.80, "intervals": 2.95, "tempo": 3.10}[quality] + faster
    thursday = run(3, morning, quality, min(6.0 + 0.1 * week.number, 8.5), pace)
    if week.number == 24:
        thursday = replace(thursday, kind="treadmill", sub_sport="treadmill", descent_m=None, speed_mps=2.9)
    yield thursday
    if week.on(5) == MIDSUMMER_NIGHT:
        yield run(5, 0.34, "easy", 5.5, 2.75)
    elif not lighter and week.number % 3 and week.number not in _WALKS:
        yield run(5, sunday + 0.5, "easy", 5.0 + 0.04 * week.number, 2.75 + faster)
    yield run(6, sunday, "long", long_km, 2.70 + faster)


def _as_exported(outing: Outing) -> Outing:
    day = outing.day
    if day in _AS_GPX:
        return replace(outing, suffix=_AS_GPX[day], every_s=7)
    if day == DIED_ON:
        return replace(outing, suffix=".fit", stem=f"{day}-{outing.kind}-watch-died")
    if day == COPIED or day.day % 4 == 1:
        outing = replace(outing, suffix=".fit")
    return replace(outing, every_s=1) if day in EVERY_SECOND else outing
