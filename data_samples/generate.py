"""Writes the sample histories and their manifest: ``python data_samples/generate.py [--out DIR] [--seed N]``."""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC
from pathlib import Path

from data_samples import fit_writer, mara, oddities
from data_samples.gpx_writer import gpx
from data_samples.jonas import jonas_outings
from data_samples.mara import mara_outings
from data_samples.outings import Outing
from data_samples.physiology import move
from data_samples.terrain import route_with
from data_samples.wander import SEED, stream
from data_samples.watch import Kept, keep

_DIED_AT_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of MANIFEST.csv. An empty field: unknown, or does not apply. All numbers SI, times UTC."""

    path: str
    sha256: str
    kind: str  # activity, truncated, duplicate, settings, course
    athlete: str
    day: str
    started_at: str
    sport: str
    sub_sport: str
    distance_m: float | None
    descent_m: float | None
    ascent_m: float | None
    elapsed_s: int | None
    timer_s: int | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to write, and its row of the manifest."""

    entry: Entry
    data: bytes


def record(outing: Outing, seed: int) -> Kept:
    """Live and record one outing; depends on the seed and the outing's own name, on no other outing."""
    rng = stream(seed, outing.path)
    route = None
    if outing.distance_m is not None and outing.descent_m is not None:
        route = route_with(outing.runner.place, outing.distance_m, outing.descent_m, rng)
    return keep(outing, move(outing, route, rng), route, rng)


def _pack(plain: bytes, path: str) -> bytes:
    return gzip.compress(plain, mtime=0) if path.endswith(".gz") else plain


def _file_of(kept: Kept) -> Sample:
    outing = kept.outing
    climbed = kept.ascent_descent_m() or (None, None)
    entry = Entry(
        path=outing.path,
        sha256="",
        kind="activity",
        athlete=outing.runner.id,
        day=outing.day.isoformat(),
        started_at=kept.started_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        sport=outing.sport,
        sub_sport=outing.sub_sport,
        distance_m=kept.total_distance_m(),
        descent_m=climbed[1],
        ascent_m=climbed[0],
        elapsed_s=kept.elapsed_s,
        timer_s=kept.timer_s(),
    )
    if outing.runner is mara.MARA and outing.day == mara.DIED_ON:
        cut = oddities.watch_died(kept, _DIED_AT_SHARE)
        told = {"kind": "truncated", "distance_m": round(cut.distance_m, 2), "descent_m": cut.descent_m}
        return _named(entry, cut.data, **told, ascent_m=None, elapsed_s=cut.elapsed_s, timer_s=None)
    plain = gpx(kept) if ".gpx" in outing.suffix else fit_writer.encode(fit_writer.activity(kept))
    return _named(entry, _pack(plain, outing.path))


def _named(entry: Entry, data: bytes, **changes: object) -> Sample:
    known = asdict(entry) | changes | {"sha256": hashlib.sha256(data).hexdigest()}
    return Sample(Entry(**known), data)


def _empty(path: str, kind: str, athlete: str, data: bytes) -> Sample:
    unknown = Entry(path, "", kind, athlete, "", "", "", "", None, None, None, None, None)
    return _named(unknown, data)


def samples(seed: int = SEED, wanted: Callable[[str], bool] = lambda path: True) -> Iterator[Sample]:
    """Every sample file whose path (``mara/2026-04-21-easy.fit``) is wanted, in no particular order."""
    for outing in (*mara_outings(seed), *jonas_outings(seed)):
        copied = outing.runner is mara.MARA and outing.day == mara.COPIED
        copy = outing.path.replace(".fit", " (1).fit")
        if not wanted(outing.path) and not (copied and wanted(copy)):
            continue
        sample = _file_of(record(outing, seed))
        if wanted(outing.path):
            yield sample
        if copied and wanted(copy):
            yield _named(sample.entry, sample.data, path=copy, kind="duplicate")
    if wanted("mara/settings.fit"):
        yield _empty("mara/settings.fit", "settings", "mara", oddities.settings_file())
    if wanted("jonas/hill-round-course.fit"):
        yield _empty("jonas/hill-round-course.fit", "course", "jonas", oddities.course_file())


def write(out: Path, seed: int) -> list[Entry]:
    """Write all files and MANIFEST.csv below ``out``; returns the manifest's rows, sorted by path."""
    entries = []
    for sample in samples(seed):
        target = out / sample.entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(sample.data)
        entries.append(sample.entry)
    entries.sort(key=lambda entry: entry.path)
    with (out / "MANIFEST.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, [f.name for f in fields(Entry)], lineterminator="\n")
        table.writeheader()
        table.writerows(asdict(entry) for entry in entries)
    return entries


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the sample training histories.")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).resolve().parent, help="folder to write to"
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, help="another seed makes other people of the same plan"
    )
    chosen = parser.parse_args()
    entries = write(chosen.out, chosen.seed)
    size = sum((chosen.out / entry.path).stat().st_size for entry in entries)
    print(f"{len(entries)} files, {size / 1e6:.2f} MB in {chosen.out}")


if __name__ == "__main__":
    main()
