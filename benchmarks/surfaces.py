"""How well surfaces are known: real runs, hidden tags, simulated runs with known truth, and 400 m tracks.

    python -m benchmarks.surfaces [CORPUS]                     # the tables of docs/surfaces.md
    python -m benchmarks.surfaces [CORPUS] --table             # the shares of surfaces.toml, measured again
    python -m benchmarks.surfaces [CORPUS] --picture RUN.svg   # one run, coloured, with the ways around it

Needs the extra ``surface``. CORPUS holds extracts in ``osm/`` and recordings in ``tracks/`` and ``public/``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from benchmarks import surface_truth as truth
from features.per_activity.oval_track import oval_track_share
from features.surfaces import CLASSES, GROUP_OF, GROUPS
from features.training_log import Track
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.reading import read_workouts
from pipelines.surfaces.cells import cell_of
from pipelines.surfaces.matching import UNKNOWN, SurfaceMatch, match_track
from pipelines.surfaces.network import Network, around
from pipelines.surfaces.region import Region, prepare

DEFAULT_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
RUNS = {  # a recording in the region → what is known of it beside the map
    "hd-2019-09-14.fit": "old town, then forest",
    "hd-2019-09-18.fit": "town and forest",
    "hd-2016-08-17-track.fit": "on a 400 m track",
    "hd-910xt-2012.fit": "fields west of the town",
    "hd-example.gpx": "town, along the river",
}
ROUTES = 6  # for each region and noise
NOISES_M = (3.0, 6.0)  # a good watch under the open sky, and one under trees
SEED = 20_261_122
COLOURS = {"hard": "#444", "firm": "#d80", "natural": "#080", "track": "#c00", UNKNOWN: "#08f"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="?", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--picture", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if told.picture:
            region = prepare(told.corpus / "osm" / "heidelberg.osm.pbf", Path(folder))
            told.picture.write_text(_picture(region, _track(told.corpus / "tracks" / "hd-2019-09-18.fit")))
            return
        maps = _prepared(told.corpus / "osm", Path(folder))
        if told.table:
            _print_table(maps)
            return
        _print_real_runs(maps["heidelberg"], told.corpus / "tracks")
        _print_hidden_tags(maps)
        _print_simulated(maps)
    _print_tracks(told.corpus)


def _prepared(folder: Path, home: Path) -> dict[str, Region]:
    print(
        "| extract | MB | ways | km | with a surface tag | prepared in |\n| --- | --- | --- | --- | --- | --- |"
    )
    maps = {}
    for path in sorted(folder.glob("*.osm.*")):
        began = time.perf_counter()
        region = prepare(path, home)
        took = time.perf_counter() - began
        maps[region.about.name] = region
        about = region.about
        print(f"| {about.name} | {path.stat().st_size / 1e6:.1f} | {about.ways:,} | {about.km:,.0f} "
              f"| {about.tagged_share:.0%} | {took:.2f} s |")  # fmt: skip
    return maps


def _print_table(maps: Mapping[str, Region]) -> None:
    for name, km in truth.pattern_km(maps).items():
        told = ", ".join(f"{c} = {x:.1f}" for c, x in zip(CLASSES, km, strict=True) if x >= 0.05)
        print(f'"{name}": {{ {told} }}')


def _print_real_runs(region: Region, folder: Path) -> None:
    print("\n| run | known of it | km | points | CPU | hard | firm | natural | track | unknown | tag | inferred "
          "| off the map | no position | confidence |\n|" + " --- |" * 15)  # fmt: skip
    for name, known in RUNS.items():
        track = _track(folder / name)
        network = _network(region, track)
        began = time.process_time()
        found = match_track(track, network, region)
        took = time.process_time() - began
        groups = _by_group(found)
        shares = " | ".join(f"{100 * groups[group]:.0f}" for group in (*GROUPS, UNKNOWN))
        print(f"| {name} | {known} | {found.stretches[-1].to_m / 1000:.1f} | {len(track):,} | {took * 1e3:.0f} ms "
              f"| {shares} | {found.explicit_share:.0%} | {found.inferred_share:.0%} "
              f"| {found.off_network_share:.0%} | {found.no_position_share:.0%} | {found.confidence:.2f} |")  # fmt: skip


def _print_hidden_tags(maps: Mapping[str, Region]) -> None:
    learned, plain = truth.hidden_tags(maps, SEED)
    print(
        f"\nHidden tags, {learned.metres.sum() / 1000:,.0f} km in {truth.FOLDS} folds: right class and group"
    )
    for name, guesses in (("learned from the region", learned), ("the table alone", plain)):
        right, group = (
            np.average(x, weights=guesses.metres) for x in (guesses.right(), guesses.group_right())
        )
        bins = ", ".join(
            f"from {low:.2f}: {hit:.0%} ({part:.0%})" for low, hit, part in guesses.calibration()
        )
        print(f"- {name}: {right:.1%}, {group:.1%}; right by probability (share of the km): {bins}")


def _print_simulated(maps: Mapping[str, Region]) -> None:
    print(f"\n| region ({ROUTES} routes) | noise | right way | right class | right group | off the map "
          "| worst error of hard share | points a second |\n|" + " --- |" * 8)  # fmt: skip
    confusion, points = np.zeros((len(GROUPS), len(GROUPS) + 1)), []
    for name, region in maps.items():
        for noise_m in NOISES_M:
            began = time.process_time()
            runs = list(truth.simulated(region, noise_m, ROUTES, SEED))
            took = time.process_time() - began
            points += runs
            likely = np.concatenate([run.likely for run in runs])
            true = np.concatenate([run.expected for run in runs]).argmax(axis=1)
            groups = likely[:, :-1] @ np.eye(len(GROUPS))[truth.GROUP]
            answer = np.column_stack([groups, likely[:, -1]]).argmax(axis=1)
            np.add.at(confusion, (truth.GROUP[true], answer), 1)
            worst = max(_hard_error(run) for run in runs)
            way = np.mean(np.concatenate([run.way_is_right for run in runs]))
            print(f"| {name} | {noise_m:.0f} m | {way:.1%} | {np.mean(likely.argmax(axis=1) == true):.1%} "
                  f"| {np.mean(answer == truth.GROUP[true]):.1%} | {np.mean(answer == len(GROUPS)):.1%} "
                  f"| {worst:.1%} | {len(true) / took:,.0f} |")  # fmt: skip
    print("\n| truth | " + " | ".join((*GROUPS, UNKNOWN)) + " | points |\n|" + " --- |" * (len(GROUPS) + 3))
    for group, row in zip(GROUPS, confusion, strict=True):
        if row.sum():
            print(
                f"| {group} | " + " | ".join(f"{x:.1%}" for x in row / row.sum()) + f" | {row.sum():,.0f} |"
            )
    sure = np.concatenate([run.way_sure for run in points])
    right = np.concatenate([run.way_is_right for run in points])
    print("\nThe way that was taken is right, by its probability (share of the points): " + ", ".join(
        f"from {low:.2f}: {right[inside].mean():.0%} ({inside.mean():.0%})"
        for low, high in zip(truth.BINS, (*truth.BINS[1:], 1.01), strict=True)
        if (inside := (sure >= low) & (sure < high)).any()
    ))  # fmt: skip


def _hard_error(run: truth.Matched) -> float:
    hard = [GROUP_OF[name] == "hard" for name in CLASSES]
    return abs(float(np.mean(run.likely[:, :-1][:, hard].sum(axis=1) - run.expected[:, hard].sum(axis=1))))


def _print_tracks(corpus: Path) -> None:
    print("\n400 m tracks, by shape:")
    for path in sorted((corpus / "tracks").glob("*")):
        print(f"- {path.name}: {oval_track_share(_track(path))}")
    shares, seconds = [], []
    for path in sorted((corpus / "public").rglob("*")):
        for track in _running_tracks(path):
            began = time.perf_counter()
            share = oval_track_share(track)
            seconds.append(time.perf_counter() - began)
            if share is not None:
                shares.append(share)
    found = np.array(shares)
    print(f"- public runs with 1.5 km of positions: {len(found)}; on a track for more than half: "
          f"{np.sum(found > 0.5)}, for some laps: {np.sum((found > 0) & (found <= 0.5))}; "
          f"{np.mean(seconds) * 1e3:.1f} ms each")  # fmt: skip


def _track(path: Path) -> Track:
    return read_workouts(path.read_bytes(), path.name).recordings[0].track


def _running_tracks(path: Path) -> Iterator[Track]:
    if path.is_file():
        try:
            found = read_workouts(path.read_bytes(), path.name)
        except (NotAWorkout, UnreadableWorkout):
            return
        yield from (r.track for r in found.recordings if r.sport == "running")


def _network(region: Region, track: Track) -> Network:
    known = ~np.isnan(track.latitude_deg)
    return around(region, set(cell_of(track.longitude_deg[known], track.latitude_deg[known]).tolist()))


def _by_group(found: SurfaceMatch) -> dict[str, float]:
    groups: dict[str, float] = defaultdict(float)
    for name, share in found.shares.items():
        groups[GROUP_OF.get(name, name)] += share
    return groups


def _picture(region: Region, track: Track) -> str:
    """The run in the colours of its stretches over thin grey ways, as SVG; 1 px = 1.5 m."""
    known = np.flatnonzero(~np.isnan(track.latitude_deg))
    longitude, latitude = track.longitude_deg[known], track.latitude_deg[known]
    found = match_track(track, _network(region, track), region)
    scale = 111_195 / 1.5

    def pixel(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        east = (lon - longitude.min()) * np.cos(np.radians(latitude.mean())) * scale + 20
        return np.column_stack([east, (latitude.max() - lat) * scale + 20])

    parts = []
    start, points = np.asarray(region.array("start")), np.asarray(region.array("points_e7")) / 1e7
    kind = np.asarray(region.array("kind"))
    inside = (points >= (longitude.min(), latitude.min())) & (points <= (longitude.max(), latitude.max()))
    near = np.unique(np.searchsorted(start, np.flatnonzero(inside.all(axis=1)), side="right") - 1)
    for way in near:
        group = GROUP_OF[CLASSES[region.shares[kind[way]].argmax()]]
        parts.append(_line(pixel(*points[start[way] : start[way + 1]].T), COLOURS[group], 0.7))
    places = pixel(longitude, latitude)
    for stretch in found.stretches:
        on = (track.distance_m[known] >= stretch.from_m) & (track.distance_m[known] <= stretch.to_m)
        colour = COLOURS[GROUP_OF.get(stretch.surface, UNKNOWN)]
        parts.append(_line(places[on], colour, 4.0))
    words = "".join(
        f'<text x="{20 + 90 * n}" y="14" fill="{colour}">{name}</text>'
        for n, (name, colour) in enumerate(COLOURS.items())
    )
    width, height = places.max(axis=0) + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}{words}'
        f'<text x="20" y="{height - 6:.0f}" font-size="10">{region.about.attribution}</text></svg>'
    )


def _line(pixels: np.ndarray, colour: str, width: float) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in pixels)
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity="0.8"/>'


if __name__ == "__main__":
    main()
