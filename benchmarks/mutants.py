"""Makes broken files out of whole ones, each the same again from its seed and number.

Parents are the generated samples, files written field by field, and the smaller files of the corpus
where it is at hand; all short, so that a mutation meets structure more often than one sample of many.
"""

from __future__ import annotations

import functools
import gzip
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "data_samples"
CORPUS = PROJECT.parent / "shared" / "corpus"
FORMATS = ("fit", "gpx", "tcx", "zip")
LARGEST_PARENT_BYTES = 12_000
KEPT_POINTS = 60

_SUFFIX = re.compile(r"\.(fit|gpx|tcx|zip)(\.gz)?$", re.IGNORECASE)
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_TRACKPOINT = re.compile(rb"<Trackpoint>.*?</Trackpoint>\s*|<trkpt\b.*?</trkpt>\s*", re.DOTALL)
_ODD_NUMBERS = (b"0", b"-1", b"", b"nan", b"inf", b"1e308", b"1e999", b"9" * 30, b"1,5", b"\xd9\xa3", b"--")

Parents = dict[str, list[bytes]]


def mutant(seed: int, number: int) -> tuple[str, bytes]:
    """Format and content of one broken file. Zip, TCX, GPX and FIT take turns."""
    kind = FORMATS[number % len(FORMATS)]
    dice = random.Random(f"{seed} {number}")
    data = bytearray(dice.choice(parents()[kind]))
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        dice.choice(_ways(kind))(data, dice)
    return kind, bytes(data)


@functools.cache
def parents() -> Parents:
    """Whole files by format, each once, in a stable order."""
    found: dict[str, dict[bytes, None]] = {kind: {} for kind in FORMATS}
    for kind, content in (*_of_samples(), *_of_corpus()):
        found[kind][content] = None
    for content in _archives():
        found["zip"][content] = None
    return {kind: list(contents) for kind, contents in found.items()}


def _of_samples() -> Iterator[tuple[str, bytes]]:
    paths = sorted(path for athlete in ("jonas", "mara") for path in (SAMPLES / athlete).iterdir())
    for path in sorted(paths, key=lambda path: path.stat().st_size)[:24]:
        yield from _parent(path)
        if path.suffix == ".gz":
            yield "fit" if ".fit" in path.name else "gpx", path.read_bytes()
    for path in paths:
        if path.suffix == ".gpx":
            yield from _parent(path)
            yield "tcx", _as_tcx(_shortened(path.read_bytes()))


def _of_corpus() -> Iterator[tuple[str, bytes]]:
    folders = (CORPUS / "public" / "fixtures", CORPUS / "public" / "athlete-b", CORPUS / "damaged")
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*"))):
        if path.is_file():
            yield from _parent(path)


def _parent(path: Path) -> Iterator[tuple[str, bytes]]:
    """The file as a parent of its format, XML shortened, if it is small then."""
    named = _SUFFIX.search(path.name)
    if named is None or path.stat().st_size > 1_000_000:
        return
    kind, content = named[1].lower(), path.read_bytes()
    if named[2]:
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error):  # itself a damaged file
            return
    if kind in ("gpx", "tcx"):
        content = _shortened(content)
    if len(content) <= LARGEST_PARENT_BYTES * (4 if kind == "tcx" else 1):
        yield kind, content


def _shortened(xml: bytes) -> bytes:
    """The same document with its first points only."""
    points = list(_TRACKPOINT.finditer(xml))
    if len(points) <= KEPT_POINTS:
        return xml
    return xml[: points[KEPT_POINTS - 1].end()] + xml[points[-1].end() :]


def _as_tcx(gpx: bytes) -> bytes:
    """The points of a GPX document as one lap of a TCX activity."""
    point = re.compile(rb'<trkpt lat="([^"]+)" lon="([^"]+)">.*?<time>([^<]+)</time>.*?</trkpt>', re.DOTALL)
    body = b"".join(
        b"<Trackpoint><Time>%b</Time><Position><LatitudeDegrees>%b</LatitudeDegrees><LongitudeDegrees>%b"
        b"</LongitudeDegrees></Position><DistanceMeters>%d</DistanceMeters><HeartRateBpm><Value>150</Value>"
        b"</HeartRateBpm></Trackpoint>" % (when, lat, lon, 9 * number)
        for number, (lat, lon, when) in enumerate(point.findall(gpx))
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/'
        b'TrainingCenterDatabase/v2"><Activities><Activity Sport="Running"><Id>2026-05-19T06:00:00Z</Id>'
        b'<Lap StartTime="2026-05-19T06:00:00Z"><TotalTimeSeconds>180</TotalTimeSeconds><DistanceMeters>540'
        b"</DistanceMeters><Track>"
        + body
        + b"</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    )


def _archives() -> Iterator[bytes]:
    """As Strava packs an account, as Garmin does (a zip in a zip), and one of files stored as they are."""
    runs = sorted(SAMPLES.glob("*/2026-*.fit.gz"), key=lambda path: path.stat().st_size)
    packed = [path.read_bytes() for path in runs[:9]]
    fits = [gzip.decompress(content) for content in packed]
    gpx = _shortened(min(SAMPLES.glob("*/2026-*.gpx"), key=lambda path: path.stat().st_size).read_bytes())
    csv = b"Activity ID,Activity Name,Filename\n1,Morning,activities/1.fit.gz\n2,Noon,activities/2.gpx\n"
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        strava = {"activities.csv": csv, "activities/1.fit.gz": packed[0], "activities/2.gpx": gpx}
        yield _zipped(strava | {f"activities/{n}.fit.gz": packed[n] for n in (3, 4)}, method)
        inner = _zipped({f"{n}.fit": fits[n] for n in (4, 5, 6)}, method)
        yield _zipped({"DI_CONNECT/UploadedFiles_0-_Part1.zip": inner, "profile.json": b"{}"}, method)
        yield _zipped({"run.fit": fits[7], "route.gpx": gpx, "run 2.fit": fits[8]}, method)


def _zipped(files: dict[str, bytes], method: int) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 6, 0, 0)), content, method)
    return body.getvalue()


# --- ways to break -------------------------------------------------------------------------------

Way = Callable[[bytearray, random.Random], None]


def _ways(kind: str) -> tuple[Way, ...]:
    lengths = {"fit": _edit_fit_length, "zip": _edit_zip_length}.get(kind, _edit_number)
    return (_flip, _set, _cut, _drop, _insert, _repeat, _swap, lengths, lengths)


def _at(data: bytearray, dice: random.Random) -> int:
    return dice.randrange(max(len(data), 1))


def _flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 1, 2, 8))):
        if data:
            data[_at(data, dice)] ^= 1 << dice.randrange(8)


def _set(data: bytearray, dice: random.Random) -> None:
    at, width = _at(data, dice), dice.choice((1, 2, 4, 16))
    data[at : at + width] = dice.choice((b"\x00" * width, b"\xff" * width, dice.randbytes(width)))


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[_at(data, dice) :]


def _drop(data: bytearray, dice: random.Random) -> None:
    at = _at(data, dice)
    del data[at : at + dice.choice((1, 2, 13, 200, 3000))]


def _insert(data: bytearray, dice: random.Random) -> None:
    at = _at(data, dice)
    data[at:at] = dice.choice((dice.randbytes(dice.randint(1, 40)), b"\x00" * dice.randint(1, 2000)))


def _repeat(data: bytearray, dice: random.Random) -> None:
    at = _at(data, dice)
    data[at:at] = data[at : at + dice.choice((1, 20, 200, 4000))] * dice.choice((1, 1, 5))


def _swap(data: bytearray, dice: random.Random) -> None:
    """Exchange two stretches of the file."""
    a, b, c, d = sorted(_at(data, dice) for _ in range(4))
    data[a:d] = data[c:d] + data[b:c] + data[a:b]


def _edit_number(data: bytearray, dice: random.Random) -> None:
    """One number of an XML file becomes one that no device writes."""
    numbers = list(_NUMBER.finditer(bytes(data)))
    if numbers:
        start, end = dice.choice(numbers).span()
        data[start:end] = dice.choice(_ODD_NUMBERS)


def _edit_fit_length(data: bytearray, dice: random.Random) -> None:
    """A size, count, type or number in the header or in a definition message."""
    places = [0, 4, 5, 6, 7, *_fit_definition_bytes(bytes(data))]
    place = dice.choice(places)
    if place < len(data):
        data[place] = dice.choice((0, 1, 2, 3, 7, 0x84, 0x8F, 127, 254, 255, dice.randrange(256)))


def _fit_definition_bytes(data: bytes) -> Iterator[int]:
    """Offsets of every byte of every definition message, as far as the file can be followed."""
    sizes: dict[int, int] = {}
    at = data[0] if data else 0
    while at < len(data) - 2:
        head = data[at]
        if head & 0x80:
            at += 1 + sizes.get((head >> 5) & 3, 0)
        elif not head & 0x40:
            at += 1 + sizes.get(head & 15, 0)
        elif at + 6 <= len(data):
            fields = data[at + 6 : at + 6 + 3 * data[at + 5]]
            end = at + 6 + len(fields)
            size = sum(fields[1::3])
            if head & 0x20 and end < len(data):
                developer = data[end + 1 : end + 1 + 3 * data[end]]
                size += sum(developer[1::3])
                end += 1 + len(developer)
            sizes[head & 15] = size
            yield from range(at, end)
            at = end
        else:
            return


def _edit_zip_length(data: bytearray, dice: random.Random) -> None:
    """A size, count, offset, method or flag in one of an archive's records."""
    fields = {
        b"PK\x03\x04": ((6, 2), (8, 2), (18, 4), (22, 4), (26, 2), (28, 2)),
        b"PK\x01\x02": ((8, 2), (10, 2), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)),
        b"PK\x05\x06": ((4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
    }
    records = [(m.start(), m[0]) for m in re.finditer(rb"PK(?:\x03\x04|\x01\x02|\x05\x06)", bytes(data))]
    if records:
        start, signature = dice.choice(records)
        offset, width = dice.choice(fields[signature])
        largest = 256**width - 1
        value = dice.choice((0, 1, 9, largest, largest - 1, largest // 2, dice.randint(0, largest)))
        data[start + offset : start + offset + width] = struct.pack("<H" if width == 2 else "<I", value)
