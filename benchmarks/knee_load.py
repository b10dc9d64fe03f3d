"""Knee load of real files: height and distance against what the watch wrote, and what a kilometre counts.

``python -m benchmarks.knee_load [FOLDER] [--outliers 10]``

FOLDER (default: the corpus beside the project) holds a folder for each person. Ascent, descent and distance are
measured from the samples alone and held against the watch's own totals; knee-equivalent kilometres per kilometre
come from the product's own pipeline, habits included.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from features import catalog
from features.knee_load import knee_loads
from features.per_activity.climb import climb_of
from features.per_activity.distance import sampled_distance_m
from features.per_activity.segments import segments_of
from features.per_activity.summary import summarise
from features.training_log import Flag, Recording
from pipelines import loads
from pipelines.sources.content import content_of
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.reading import read_workouts
from pipelines.warehouse import streams, writing
from pipelines.warehouse.store import Db, open_for_writing

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "public"
NOW = datetime(2026, 11, 16, tzinfo=UTC)
LEAST_M = 1_000.0  # of distance, for a ratio that means something
LEAST_CLIMB_M = 20.0  # of the watch's own total: below, a metre of rounding is most of it


@dataclass(frozen=True, slots=True)
class Measured:
    """One recording's totals as the watch wrote them and as its samples say."""

    name: str
    watch: dict[str, float | None]
    samples: dict[str, float | None]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    ask.add_argument("--outliers", type=int, default=10, help="how many of the strangest runs to list")
    told = ask.parse_args()
    if not told.folder.is_dir():
        print(f"there is no folder {told.folder}: give one with real workout files")
        return 1
    with open_for_writing(Path(":memory:")) as db:
        measured = list(_taken_in(db, told.folder))
        loads.measure_streams(db)
        writing.make_views(db, catalog.COUNTED_VIEWS, NOW.date())
        loads.update_loads(db)
        print_agreement(measured)
        print_knee_load(db, told.outliers)
        print_grade_unit(db)
    return 0


def _taken_in(db: Db, folder: Path) -> Iterator[Measured]:
    """Store every workout once, a person for each folder; yield the runs among them."""
    seen: set[str] = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        payload = path.read_bytes()
        try:
            workouts = read_workouts(payload, path.name, now=NOW)
        except (NotAWorkout, UnreadableWorkout):
            continue
        content = hashlib.sha256(content_of(payload)).hexdigest()
        if content in seen:
            continue
        seen.add(content)
        batch = writing.Batch()
        for number, recording in enumerate(workouts.recordings):
            name = f"{path.relative_to(folder)} {number}"
            activity = summarise(
                recording,
                activity_id=name,
                athlete=path.relative_to(folder).parts[0],
                profile_zone="UTC",
                place_zone=lambda *_: None,
            )
            batch.recordings.append(
                writing.RecordingRow(activity, content, workouts.format.value, NOW.replace(tzinfo=None))
            )
            batch.tracks.append((name, recording.track))
            if activity.sport == "running":
                yield _measured(name, recording, Flag.ELEVATION_FROM_GPS not in activity.flags)
        writing.write_batch(db, batch)


def _measured(name: str, recording: Recording, has_barometer: bool) -> Measured:
    totals = recording.totals
    climb = climb_of(recording.track) if has_barometer else None
    stretches = segments_of(recording.track, "running", grade_is_known=has_barometer)
    heights = stretches.grade * stretches.distance_m
    graded = len(heights) > 0 and not np.isnan(heights).any()
    return Measured(
        name,
        {
            "distance": totals.distance_m,
            "distance of stretches": totals.distance_m,
            "ascent": totals.ascent_m,
            "descent": totals.descent_m,
            "ascent by grade": totals.ascent_m,
            "descent by grade": totals.descent_m,
        },
        {
            "distance": sampled_distance_m(recording),
            "distance of stretches": float(np.sum(stretches.distance_m)),
            "ascent": None if climb is None else climb.ascent_m,
            "descent": None if climb is None else climb.descent_m,
            "ascent by grade": float(np.sum(heights[heights > 0])) if graded else None,
            "descent by grade": float(-np.sum(heights[heights < 0])) if graded else None,
        },
    )


def print_agreement(runs: list[Measured]) -> None:
    """Deviation of each measure from the watch's total: median, 90th percentile, and the same in per cent."""
    print(f"{len(runs)} recordings of runs, each content once\n")
    print(
        f"{'from samples':24} {'runs':>5} {'median':>9} {'|median|':>9} {'|p90|':>9} {'|median|':>9} {'|p90|':>9}"
    )
    for name in runs[0].watch:
        least = LEAST_M if name.startswith("distance") else LEAST_CLIMB_M
        pairs = [(run.watch[name], run.samples[name]) for run in runs]
        both = np.array([(w, s) for w, s in pairs if w is not None and s is not None and w >= least])
        off, share = both[:, 1] - both[:, 0], both[:, 1] / both[:, 0] - 1
        print(
            f"{name:24} {len(both):5} {np.median(off):+7.1f} m {np.median(np.abs(off)):7.1f} m "
            f"{np.quantile(np.abs(off), 0.9):7.1f} m {100 * np.median(np.abs(share)):7.2f} % "
            f"{100 * np.quantile(np.abs(share), 0.9):7.2f} %"
        )


def print_knee_load(db: Db, outliers: int) -> None:
    """Knee-equivalent kilometres per kilometre: spread, what the range of the exponents does, and the strangest."""
    rows = db.execute(
        "select run.id, run.distance_m, run.moving_s, activity_load.* exclude (activity, athlete, made_of) "
        "from run inner join activity_load on run.id = activity_load.activity where run.distance_m >= ?",
        [LEAST_M],
    ).fetchnumpy()
    column = {
        name: np.ma.filled(values, np.nan)
        for name, values in rows.items()
        if name not in ("id", "intensity_from", "zone_s", "pace_zone_s")
    }
    ratio = column["knee_equivalent_m"] / column["distance_m"]
    known = ~np.isnan(ratio)
    print(
        f"\nknee-equivalent km per km: known for {np.count_nonzero(known)} of {len(ratio)} runs of 1 km and more"
    )
    for name, values in (
        ("per km", ratio),
        ("lowest exponents", column["knee_equivalent_low_m"] / column["distance_m"]),
        ("highest exponents", column["knee_equivalent_high_m"] / column["distance_m"]),
        ("load per step, highest", column["knee_peak_load"]),
        ("walked share", column["walking_m"] / column["distance_m"]),
        ("extrapolated share", column["knee_extrapolated_share"]),
        ("cadence known share", column["knee_cadence_known_share"]),
    ):
        told = np.quantile(values[known & ~np.isnan(values)], [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])
        print(f"  {name:24} " + "  ".join(f"{value:5.3f}" for value in told) + "   (0 5 25 50 75 95 100 %)")
    width = column["knee_equivalent_high_m"] / column["knee_equivalent_low_m"] - 1
    print(
        f"  width of the range       median {100 * np.nanmedian(width):.1f} %, 90th percentile {100 * np.nanquantile(width, 0.9):.1f} %"
    )
    print("\nwhy it is unknown, by flag: " + _unknown_because(db))
    ran = column["walking_m"] / column["distance_m"] < 0.05
    for heading, which in (
        ("the lowest", np.argsort(ratio)),
        ("the highest", np.argsort(-ratio)),
        ("the lowest that were run and not walked", np.argsort(np.where(ran, ratio, np.nan))),
    ):
        print(f"\n{heading}:")
        for place in which[:outliers]:
            speed = column["distance_m"][place] / column["moving_s"][place]
            print(
                f"  {ratio[place]:.3f}  {column['distance_m'][place] / 1000:5.1f} km  {speed:.2f} m/s  "
                f"walked {100 * column['walking_m'][place] / column['distance_m'][place]:3.0f} %  "
                f"outside {100 * column['knee_extrapolated_share'][place]:3.0f} %  {rows['id'][place]}"
            )


def print_grade_unit(db: Db) -> None:
    """What it would change if the grades of van Hooren 2024 were per cent and not degrees."""
    runs = db.execute(
        "select segments_of, load_source.distance_m, activity_load.knee_equivalent_m from load_source "
        "inner join activity_load on load_source.activity = activity_load.activity "
        "where is_run and load_source.distance_m >= ? and knee_equivalent_m is not null",
        [LEAST_M],
    ).fetchall()
    stretches = streams.stretches(db, [run[0] for run in runs])
    distance_m = np.array([run[1] for run in runs])
    usual = np.full(len(stretches.place), np.nan)  # cadence is left out of both
    as_per_cent = replace(stretches.segments, grade=np.tan(np.radians(100 * stretches.segments.grade)))
    here, there = (
        knee_loads(segments, usual, stretches.place, distance_m).knee_equivalent_m
        for segments in (stretches.segments, as_per_cent)
    )
    change = there / here - 1
    print(
        f"\nif the papers' grades were per cent and not degrees: median {100 * np.median(change):+.2f} %, "
        f"5th {100 * np.quantile(change, 0.05):+.2f} %, 95th {100 * np.quantile(change, 0.95):+.2f} %"
    )


def _unknown_because(db: Db) -> str:
    found: Counter[str] = Counter()
    for flags, surface in db.execute(
        "select flags, surface from run inner join activity_load on run.id = activity_load.activity "
        "where distance_m >= ? and knee_equivalent_m is null",
        [LEAST_M],
    ).fetchall():
        reasons = [
            flag
            for flag in flags
            if flag in ("elevation_from_gps", "elevation_missing", "no_records", "suspect")
        ]
        found[
            reasons[0] if reasons else "treadmill" if surface == "treadmill" else "grade missing on the way"
        ] += 1
    return ", ".join(f"{name} {count}" for name, count in found.most_common())


if __name__ == "__main__":
    sys.exit(main())
