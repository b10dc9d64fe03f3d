"""Writes zip archives byte by byte, so that a test can have one lie about itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """One file as its bytes lie in the archive; None = told truly."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    told_size: int | None = None
    told_packed: int | None = None
    told_crc: int | None = None
    told_offset: int | None = None
    packed: bytes | None = None  # in place of the packed content
    extra: bytes = b""


def zipped(files: Iterable[Raw], *, told_count: int | None = None, comment: bytes = b"") -> bytes:
    """An archive of these files, each claim as told."""
    body, rows = io.BytesIO(), io.BytesIO()
    count = 0
    for raw in files:
        count += 1
        packed = raw.packed
        if packed is None:
            packed = deflated(raw.content) if raw.method == 8 else raw.content
        crc = zlib.crc32(raw.content) if raw.told_crc is None else raw.told_crc
        size = len(raw.content) if raw.told_size is None else raw.told_size
        length = len(packed) if raw.told_packed is None else raw.told_packed
        offset = body.tell() if raw.told_offset is None else raw.told_offset
        told = (20, raw.flags, raw.method, 0, 0x5B70, crc, min(length, 2**32 - 1), min(size, 2**32 - 1))
        extra = raw.extra
        if max(length, size) >= 2**32 - 1:
            wide = [value for value in (size, length) if value >= 2**32 - 1]
            extra += struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide)
        body.write(struct.pack("<4s5H3L2H", b"PK\x03\x04", *told, len(raw.name), 0) + raw.name + packed)
        names = (len(raw.name), len(extra), 0, 0, 0, 0, offset)
        rows.write(struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *told, *names) + raw.name + extra)
    start, told_rows = body.tell(), min(count if told_count is None else told_count, 0xFFFF)
    body.write(rows.getvalue())
    body.write(
        struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, told_rows, told_rows, rows.tell(), start, len(comment))
    )
    body.write(comment)
    return body.getvalue()


def tiny(count: int, told_count: int) -> bytes:
    """So many empty files."""
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 8, 0)
    row = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0)[:-4]
    names = [b"%08d" % n for n in range(count)]
    body = b"".join(local + name for name in names)
    rows = b"".join(row + struct.pack("<L", 38 * n) + name for n, name in enumerate(names))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, told_count, told_count, len(rows), len(body), 0)
    return body + rows + end


def plain(files: dict[str, bytes]) -> bytes:
    """An honest archive, by the standard library."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in files.items():
            writer.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 18, 30, 10)), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def deflated_zeros(mebibytes: int) -> bytes:
    """Zeros, packed 1000 : 1, without having to pack them all: one block over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * mebibytes + packer.flush()


def quoting_bomb(files: int, kernel_zeros: int) -> bytes:
    """Files that all end in the same packed kernel: each quotes, as a stored deflate block, the local
    header of the next, and then runs into it. The construction is Fifield's (WOOT 2019)."""
    kernel = deflated(bytes(kernel_zeros))
    tail, names, rows = kernel, [b"%d" % n for n in range(files)], []
    crc, size = 0, kernel_zeros  # checksums are not reached by a reader that looks first
    for name in reversed(names):
        header = (
            struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(tail), size, len(name), 0) + name
        )
        rows.append((name, len(tail), size, header))
        quoted = struct.pack("<BHH", 0, len(header), 0xFFFF ^ len(header)) + header
        size += len(header)
        tail = quoted + tail
    body = tail[5:]
    directory, at = b"", 0
    for index, (name, packed, told, header) in enumerate(reversed(rows)):
        directory += (
            struct.pack(
                "<4s6H3L5H2L",
                b"PK\x01\x02",
                20,
                20,
                0,
                8,
                0,
                0,
                0,
                packed,
                told,
                len(name),
                0,
                0,
                0,
                0,
                0,
                at,
            )
            + name
        )
        at += len(header) + (5 if index < files - 1 else 0)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, files, files, len(directory), len(body), 0)
    return body + directory + end
