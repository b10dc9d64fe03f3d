"""Watches a folder: which files have stopped changing, whose they are, and when to sync them.

The folder is listed again and again instead of asking the system for events: network shares and
synchronised folders send none, and a file is only worth reading once nothing happens to it any more.
Nothing in the folder is ever moved, changed or deleted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from features.training_log import Athlete
from pipelines.errors import KneewiseError

Stamp = tuple[int, int]  # bytes, time of last change in ns
Sources = Mapping[str, Sequence[Path]]  # athlete → files

# Under these names programs keep what they have not finished; the file gets its own name at the end.
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", "~")


class Settling:
    """Which files have stopped changing: the same size and time at two looks in a row.

    Clocks are not compared, because a share's clock may be off; the caller pauses between looks.
    """

    def __init__(self) -> None:
        self._seen: Mapping[Path, Stamp] = {}
        self._taken: dict[Path, Stamp] = {}

    def look(self, listing: Mapping[Path, Stamp]) -> list[Path]:
        """The files that are settled now and were not taken as they are, in the listing's order."""
        settled = [path for path, stamp in listing.items() if self._seen.get(path) == stamp]
        self._taken = {path: stamp for path, stamp in self._taken.items() if path in listing}
        self._seen = dict(listing)
        return [path for path in settled if self._taken.get(path) != self._seen[path]]

    def take(self, paths: Iterable[Path]) -> None:
        """Offer these no more, until they change."""
        self._taken |= {path: self._seen[path] for path in paths}


@dataclass(frozen=True, slots=True)
class Owned:
    """Files by owner; ``unowned`` says in a sentence why others belong to nobody."""

    sources: dict[str, list[Path]]
    unowned: tuple[str, ...]


@dataclass(slots=True)
class Watch:
    """One watched folder; each round syncs what has settled since the last."""

    folder: Path
    owners: Callable[[Sequence[Path]], Owned]
    sync: Callable[[Sources], None]
    say: Callable[[str], None]
    settling: Settling = field(default_factory=Settling)
    said: set[str] = field(default_factory=set)

    def round(self, listing: Mapping[Path, Stamp]) -> None:
        """Sync all settled files as one batch. A batch that fails (KneewiseError) is offered again."""
        owned = self.owners(self.settling.look(listing))
        for sentence in owned.unowned:
            if sentence not in self.said:
                self.said.add(sentence)
                self.say(sentence)
        if owned.sources:
            self.sync(owned.sources)
            self.settling.take(path for paths in owned.sources.values() for path in paths)


def watch_once(watch: Watch, pause: Callable[[], None]) -> None:
    """One pass over what is settled now. Raises KneewiseError."""
    watch.round(listed(watch.folder))
    pause()
    watch.round(listed(watch.folder))


def watch_on(watch: Watch, pause: Callable[[], None], complain: Callable[[str], None]) -> None:
    """Round after round until ``pause`` raises; an error is told once, and the next round goes on."""
    complaint = ""
    while True:
        try:
            watch.round(listed(watch.folder))
            complaint = ""
        except KneewiseError as error:
            if str(error) != complaint:
                complaint = str(error)
                complain(complaint)
        pause()


def settled_files(folder: Path, settle_s: float, pause: Callable[[float], None] = time.sleep) -> list[Path]:
    """The files at or below ``folder`` that do not change within ``settle_s`` seconds from now.

    For a scheduled run, which has no earlier look to compare with. Raises KneewiseError.
    """
    settling = Settling()
    settling.look(listed(folder))
    pause(settle_s)
    return settling.look(listed(folder))


def listed(folder: Path) -> dict[Path, Stamp]:
    """Every finished-looking file at or below ``folder`` with its stamp, in a stable order.

    Left out are hidden files and folders, and names that programs give to what they are still
    writing. Raises KneewiseError if the folder is not there.
    """
    if not folder.is_dir():
        raise KneewiseError(f"the folder {folder} is not there (any more).")
    found: dict[Path, Stamp] = {}
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name.lower().endswith(_UNFINISHED):
                continue
            path = Path(here, name)
            try:
                stat = path.stat()
            except OSError:  # gone since it was listed, or a link that leads nowhere
                continue
            if path.is_file():
                found[path] = (stat.st_size, stat.st_mtime_ns)
    return found


def owners_of(
    files: Sequence[Path], folder: Path, athletes: Sequence[Athlete], chosen: Athlete | None
) -> Owned:
    """Whose each file is: ``folder/<athlete>/…`` is that athlete's, by id or name in any case; a file
    directly in ``folder`` is the ``chosen`` athlete's, else that of the only one there is."""
    names = {athlete.name.casefold(): athlete.id for athlete in athletes}
    names |= {athlete.id.casefold(): athlete.id for athlete in athletes}
    loose = chosen.id if chosen else athletes[0].id if len(athletes) == 1 else None
    sources: dict[str, list[Path]] = {}
    unowned: dict[str, None] = {}
    for file in files:
        first, *rest = file.relative_to(folder).parts
        owner = names.get(first.casefold()) if rest else loose
        if owner is not None:
            sources.setdefault(owner, []).append(file)
        elif rest:
            unowned[f"Not read: {folder / first} is named after no athlete ({_known(athletes)})."] = None
        else:
            unowned[
                f"Not read: files directly in {folder}, because it is not said whose they are. "
                f"Put them into a folder per athlete ({_known(athletes)}), or use --athlete."
            ] = None
    return Owned(sources, tuple(unowned))


def _known(athletes: Sequence[Athlete]) -> str:
    return ", ".join(athlete.id for athlete in athletes) or "there is none yet: kneewise athlete add NAME"
