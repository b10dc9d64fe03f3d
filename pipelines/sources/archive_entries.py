"""What every archive has in common: entries, the ways they are refused, and how much may come out.

An archive is somebody else's claim about sizes. Nothing is unpacked on the strength of a claim
alone, and what is unpacked is counted against bounds that no real export reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

CHUNK_BYTES = 2**20  # what is in memory of a file that is only passed on

# Each bound is well beyond what an export holds, and small enough that the worst archive that keeps
# to them all is a nuisance of minutes, not an outage.
MAX_DEPTH = 3  # a Garmin account's export is 2 deep (zip in zip); one more for whoever packs it again
MAX_MEMBERS = 100_000  # twenty files a day for thirteen years; a 2.4 GB export of Strava's holds 5,500
MAX_MEMBER_BYTES = 256 * 2**20  # as for a file on disk: a day-long ultra with every sensor is below 20 MB
MAX_NESTED_BYTES = 8 * 2**30  # it is copied to disk to be read; whole exports are smaller than this

# Deflate reaches 1032 : 1 on nothing but zeros. The densest workouts are TCX: 26 : 1 at most in an
# export of Strava's, 61 : 1 (made up, six hours) on a treadmill of even pace, 95 : 1 where nothing but
# the clock moves.
MAX_RATIO = 200
# Below these sizes a ratio says nothing and costs nothing: an empty log, a page of zeros.
RATIO_FREE_MEMBER_BYTES = 2**20
RATIO_FREE_ARCHIVE_BYTES = 64 * 2**20

TOO_MANY = (
    f"With this archive there would be more than {MAX_MEMBERS:,} files, which no account's export holds. "
    "It was not read any further; if it is genuine, unpack it and sync the folder."
)
TOO_MUCH = (
    "This archive would unpack to far more than its size allows for real workouts, as in a file made to "
    "overwhelm programs. It was not read any further; if it is genuine, unpack it and sync the folder."
)


class ArchiveRefused(Exception):
    """The archive as a whole is not read (any further); ``reason`` is for its owner."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EntryRefused(Exception):
    """One entry is not read; the archive's others may be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive, not yet unpacked.

    ``name`` is as the archive spells it and safe for nothing. ``chunks`` unpacks; it raises
    EntryRefused where the content is damaged or not what was declared. ``refusal``, where there
    is one, says why ``chunks`` must not be called.
    """

    name: str
    size: int
    modified: datetime | None
    chunks: Callable[[], Iterator[bytes]]
    refusal: str | None = None


@dataclass(slots=True)
class Budget:
    """How many files and bytes may still come out of one archive and all the archives within."""

    members: int
    bytes: int

    @classmethod
    def of(cls, size: int) -> Budget:
        """For an archive of ``size`` bytes on disk."""
        return cls(MAX_MEMBERS, unpacked_bound(size))

    def take_members(self, count: int) -> None:
        """Raises ArchiveRefused where that many are no longer allowed."""
        if count > self.members:
            raise ArchiveRefused(TOO_MANY)
        self.members -= count

    def take_bytes(self, count: int) -> None:
        """Raises ArchiveRefused where that many are no longer allowed."""
        if count > self.bytes:
            raise ArchiveRefused(TOO_MUCH)
        self.bytes -= count


def unpacked_bound(size: int) -> int:
    """The most that an archive of ``size`` bytes may unpack to."""
    return RATIO_FREE_ARCHIVE_BYTES + MAX_RATIO * size
