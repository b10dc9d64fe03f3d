"""How fast FIT files are read, beside other readers: one core, the same bytes, interleaved rounds, CPU time.

    python -m benchmarks.fit_decode [CORPUS] [--all] [--rounds N] [--seed N] [--readers NAME …]

What each reader returns, so what its time buys:
  kneewise    bytes → recordings as the product stores them: sessions split, 12 columns of samples scaled to SI,
              sorted and merged, totals, pauses, zone, device, damage flags. Not every field of every message.
  fitparse    every field of every message as objects (its defaults, messages iterated once)
  fitdecode   the same
  garmin-sdk  every field of every message as dicts (its defaults: conversions on, heart rates merged)
The others cannot be told to do less in a way that matters: what they skip they decode first.

CORPUS is a folder with FIT files; a MANIFEST.csv in it tells the makers. By default a sample is drawn: of
every maker one file by seed. Ratios are medians over rounds of (other reader ÷ kneewise in that round).
garmin-fit-sdk is no dependency; it is measured where it can be imported
(``uv run --with garmin-fit-sdk python -m benchmarks.fit_decode``).
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.large_fit import measured_in_a_fresh_process
from pipelines.sources import fit_bytes, fit_rows
from pipelines.sources.content import content_of
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.fit_layout import layout_of
from pipelines.sources.fit_messages import messages_of
from pipelines.sources.fit_walk import definition_of
from pipelines.sources.reading import read_workouts

DEFAULT_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
PASSES = 5  # of kneewise in each round: one pass is too short to time alone

Reader = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Sample:
    """One file to read."""

    maker: str
    data: bytes
    records: int


def main() -> None:
    warnings.simplefilter("ignore")  # fitparse warns at every record on later Pythons
    told = _arguments()
    found = list(_files(told.corpus))
    samples = found if told.all else _stratified(found, told.seed)
    records = sum(sample.records for sample in samples)
    size = sum(len(sample.data) for sample in samples) / 1e6
    print(f"{len(samples)} of {len(found)} files, {len({s.maker for s in samples})} makers, "
          f"{records:,} records, {size:.1f} MB, {told.rounds} rounds, seed {told.seed}")  # fmt: skip
    readers = {
        name: reader for name, reader in _readers().items() if not told.readers or name in told.readers
    }
    _forget_definitions()
    print(f"kneewise, first pass with no definition remembered: {_cpu_s(_kneewise, samples):.3f} s")
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for turn in range(told.rounds):
        names = list(readers)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            passes = PASSES if name.startswith("kneewise") else 1
            seconds[name].append(sum(_cpu_s(readers[name], samples) for _ in range(passes)) / passes)
    _print(seconds, records, len(samples))
    if not told.no_large:
        for line in measured_in_a_fresh_process():
            print(line)


def _print(seconds: dict[str, list[float]], records: int, files: int) -> None:
    print(f"\n{'reader':<28}{'CPU s (median, min–max)':>28}{'records/s':>13}{'files/s':>9}"
          f"{'÷ kneewise':>12}{'÷ without CRC':>15}")  # fmt: skip
    for name, taken in seconds.items():
        median = statistics.median(taken)
        spread = f"{median:.3f} ({min(taken):.3f}–{max(taken):.3f})"
        ratios = "".join(
            f"{statistics.median(a / b for a, b in zip(taken, seconds[own], strict=True)):>{width}.1f}"
            for own, width in (("kneewise", 12), ("kneewise without CRC", 15))
            if own in seconds
        )
        print(f"{name:<28}{spread:>28}{records / median:>13,.0f}{files / median:>9.0f}{ratios}")


def _forget_definitions() -> None:
    for remembered in (definition_of, layout_of, fit_rows._unpacker):
        remembered.cache_clear()


def _cpu_s(reader: Reader, samples: list[Sample]) -> float:
    gc.collect()
    begun = time.process_time()
    for sample in samples:
        reader(sample.data)
    return time.process_time() - begun


def _readers() -> dict[str, Reader]:
    readers: dict[str, Reader] = {
        "kneewise": _kneewise,
        "kneewise without CRC": _kneewise_without_crc,
        "fitparse": lambda data: _fitparse(data, True),
        "fitparse without CRC": lambda data: _fitparse(data, False),
    }
    try:
        import fitdecode  # noqa: F401
    except ImportError:
        print("fitdecode is not installed: left out")
    else:
        readers["fitdecode"] = lambda data: _fitdecode(data, True)
        readers["fitdecode without CRC"] = lambda data: _fitdecode(data, False)
    try:
        import garmin_fit_sdk  # noqa: F401
    except ImportError:
        print("garmin-fit-sdk is not installed: left out")
    else:
        readers["garmin-sdk"] = lambda data: _sdk(data, True)
        readers["garmin-sdk without CRC"] = lambda data: _sdk(data, False)
    return readers


def _kneewise(data: bytes) -> object:
    try:
        return read_workouts(data, "x.fit", now=NOW)
    except (NotAWorkout, UnreadableWorkout) as refusal:
        return refusal


def _kneewise_without_crc(data: bytes) -> object:
    with _checksums_unchecked():
        return _kneewise(data)


@contextmanager
def _checksums_unchecked() -> Iterator[None]:
    """The product always checks; this is for comparison alone."""
    kept = fit_bytes._check
    fit_bytes._check = lambda *_: []
    try:
        yield
    finally:
        fit_bytes._check = kept


def _fitparse(data: bytes, check_crc: bool) -> object:
    import fitparse
    import fitparse.records

    fitparse.records.DEV_TYPES.clear()  # else developer fields of one file are taken for the next one's
    count = 0
    try:
        for message in fitparse.FitFile(data, check_crc=check_crc).get_messages():
            count += message.name == "record"
    except Exception:  # noqa: BLE001 - whatever it raises, it has read what it can
        pass
    return count


def _fitdecode(data: bytes, check_crc: bool) -> object:
    import fitdecode

    check = fitdecode.CrcCheck.WARN if check_crc else fitdecode.CrcCheck.DISABLED
    count = 0
    try:
        with fitdecode.FitReader(data, check_crc=check) as reader:
            for frame in reader:
                count += frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record"
    except Exception:  # noqa: BLE001
        pass
    return count


def _sdk(data: bytes, check_crc: bool) -> object:
    from garmin_fit_sdk import Decoder, Stream

    try:
        messages, _ = Decoder(Stream.from_byte_array(bytearray(data))).read(enable_crc_check=check_crc)
    except Exception:  # noqa: BLE001
        return 0
    return len(messages.get("record_mesgs", ()))


def _files(corpus: Path) -> Iterator[Sample]:
    makers = _makers(corpus)
    for path in sorted(corpus.rglob("*.fit*")):
        if "damaged" in path.parts:
            continue
        data = content_of(path.read_bytes())
        if data[8:12] == b".FIT":
            records = sum(len(messages_of(part).records) for part in fit_bytes.parts_of(data))
            yield Sample(makers.get(path.relative_to(corpus).as_posix(), path.parent.name), data, records)


def _makers(corpus: Path) -> dict[str, str]:
    manifest = corpus / "MANIFEST.csv"
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as rows:
        return {row["path"]: row["manufacturer"] or "unknown" for row in csv.DictReader(rows)}


def _stratified(samples: list[Sample], seed: int) -> list[Sample]:
    """Of every maker one file with samples in it."""
    dice = random.Random(seed)
    with_records = [sample for sample in samples if sample.records]
    makers = sorted({sample.maker for sample in with_records})
    return [dice.choice([s for s in with_records if s.maker == maker]) for maker in makers]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="?", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--all", action="store_true", help="every file, not one of each maker (many minutes)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--readers", nargs="+", help="only these")
    parser.add_argument("--no-large", action="store_true", help="leave the 100,000-record file out")
    return parser.parse_args()


if __name__ == "__main__":
    main()
