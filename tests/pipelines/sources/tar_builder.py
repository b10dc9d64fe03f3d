"""Writes tar archives: honest ones by the standard library, and some that are larger than they look."""

from __future__ import annotations

import io
import tarfile
import zlib

from zip_builder import deflated_zeros

MIB = 2**20


def named(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.mtime = 1_795_199_410
    return info


def tar(files: list[tuple[tarfile.TarInfo, bytes | None]], form: int) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=form) as writer:
        for info, content in files:
            if content is None and not info.linkname:
                info.type = tarfile.DIRTYPE
            info.size = len(content or b"")
            writer.addfile(info, io.BytesIO(content or b""))
    return archive.getvalue()


def gzipped_tar(members: list[tuple[bytes, int]]) -> bytes:
    """Each member so many mebibytes of zeros."""
    zeros = deflated_zeros(1)[:-2]
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = []
    for kind, mebibytes in members:
        parts += [packer.compress(tar_header(kind, mebibytes * MIB)), packer.flush(zlib.Z_FULL_FLUSH)]
        parts += [zeros] * mebibytes
    return b"".join(parts)


def tar_header(kind: bytes, size: int) -> bytes:
    info = tarfile.TarInfo("bomb.gpx")
    info.type, info.size = kind, size
    return info.tobuf(tarfile.GNU_FORMAT)
