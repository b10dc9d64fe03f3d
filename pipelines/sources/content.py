"""What a file is, judged by its bytes: unpack gzip, then look for FIT, GPX or TCX."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum

from pipelines.sources.errors import NotAWorkout, UnreadableWorkout

# A ten-hour recording with every field is about 10 MB; anything near this is a bomb, not a run.
LARGEST_CONTENT_BYTES = 512 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"
GZIP_LAYERS = 2  # a .gz that an uploader packed a second time
HEAD_BYTES = 64 * 1024  # a root element further down than this is not a workout's

_GPX_ROOT = re.compile(rb"<(?:[\w.-]+:)?gpx[\s>/]")
# Some exports have lost the root element, yet hold whole activities.
_TCX_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:TrainingCenterDatabase[\s>/]|Activity\s+Sport=)")
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_WORKOUT_NAME = re.compile(r"\.(fit|gpx|tcx)(\.gz)?$", re.IGNORECASE)


class Format(StrEnum):
    FIT = "fit"
    GPX = "gpx"
    TCX = "tcx"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The content of a file once its gzip layers are off; ``cut`` = the gzip stream was damaged."""

    data: bytes
    cut: bool = False


def content_of(payload: bytes) -> bytes:
    """The unpacked content, for telling whether two files are the same: run.fit is run.fit.gz.

    Never raises: what cannot be unpacked is its own content.
    """
    try:
        return unpack(payload).data
    except UnreadableWorkout:
        return payload


def unpack(payload: bytes) -> Unpacked:
    """Take off gzip layers; of a damaged stream keep what came before the damage.

    Raises UnreadableWorkout where nothing comes out, or more than ``LARGEST_CONTENT_BYTES``.
    """
    data, cut = payload, False
    for _ in range(GZIP_LAYERS):
        if not data.startswith(GZIP_MAGIC):
            break
        data, damaged = _gunzip(data)
        cut = cut or damaged
    return Unpacked(data, cut)


def format_of(data: bytes, name: str) -> Format:
    """FIT, GPX or TCX by content alone. ``name`` only words the refusal of everything else.

    Raises UnreadableWorkout for what pretends to be a workout, NotAWorkout for all the rest.
    """
    if data[8:12] == b".FIT":
        return Format.FIT
    head = _plain(data[:HEAD_BYTES])
    if _GPX_ROOT.search(head):
        return Format.GPX
    if _TCX_ROOT.search(head):
        return Format.TCX
    raise _refusal(data, head, name)


def _refusal(data: bytes, head: bytes, name: str) -> NotAWorkout | UnreadableWorkout:
    pretends = _WORKOUT_NAME.search(name) is not None
    if data.startswith(b"PK\x03\x04"):
        return NotAWorkout(
            "This is a zip archive. Archives are not read yet: unpack it and sync the files inside."
        )
    if not data.strip(b"\x00 \r\n\t"):
        what = "This file is empty. Export or copy it again."
    elif _HTML_ROOT.search(head):
        what = "This is a web page (HTML), not a workout: the download may have failed. Export the workout again."
    elif head[:1] in (b"{", b"["):
        what = (
            "This is a JSON message, not a workout: the download may have failed. Export the workout again."
        )
    elif pretends:
        what = (
            "This is named like a workout, but its content is not FIT, GPX or TCX. Export the workout again."
        )
    else:
        return NotAWorkout("This is not a FIT, GPX or TCX file.")
    return UnreadableWorkout(what, 0) if pretends else NotAWorkout(what)


def _plain(head: bytes) -> bytes:
    """The first characters as ASCII-compatible bytes: BOM and leading space off, UTF-16 decoded."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    elif head[:2] in (b"<\x00", b"\x00<"):
        codec = "utf-16-le" if head[:1] == b"<" else "utf-16-be"
        head = head.decode(codec, errors="replace").encode()
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _gunzip(packed: bytes) -> tuple[bytes, bool]:
    """All gzip members, and whether the stream was damaged on the way."""
    parts: list[bytes] = []
    room = LARGEST_CONTENT_BYTES
    damaged = False
    while packed.startswith(GZIP_MAGIC) and not damaged:
        member = zlib.decompressobj(31)
        try:
            part = member.decompress(packed, room)
        except zlib.error:
            part = _prefix(packed, room)
        if member.unconsumed_tail:
            raise UnreadableWorkout("This gzip file unpacks to more than 512 MB, which no workout is.")
        parts.append(part)
        room -= len(part)
        damaged = not member.eof
        packed = member.unused_data
        if room <= 0:
            break
    data = b"".join(parts)
    if not data and damaged:
        raise UnreadableWorkout(
            "This gzip file is damaged: nothing could be unpacked. Copy or export it again.", 0
        )
    return data, damaged


def _prefix(packed: bytes, room: int) -> bytes:
    """What a broken stream yields when fed bit by bit, up to the broken spot."""
    member = zlib.decompressobj(31)
    parts: list[bytes] = []
    try:
        for start in range(0, len(packed), 256):
            part = member.decompress(packed[start : start + 256], room)
            parts.append(part)
            room -= len(part)
            if room <= 0:
                break
    except zlib.error:
        pass  # the broken spot: what came before it is kept
    return b"".join(parts)
