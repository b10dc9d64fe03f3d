"""Reads the public competitive-runners data set from the folder into which the user downloaded it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from models.lovdal import FILES, Table
from pipelines.errors import KneewiseError

WHERE = (
    "Download it from https://doi.org/10.34894/UWU9PV (free, in the original comma-separated format) and "
    "name the folder it is in."
)


def lovdal_tables(folder: Path) -> tuple[Table, ...]:
    """The day and the week file, or the one that is there.

    Raises KneewiseError where there is neither, or a file is not what its name says.
    """
    found = {approach: folder / name for approach, name in FILES.items() if (folder / name).is_file()}
    if not found:
        raise KneewiseError(f"{folder} holds neither {' nor '.join(FILES.values())}. {WHERE}")
    return tuple(_table(approach, path) for approach, path in found.items())


def _table(approach: str, path: Path) -> Table:
    try:
        first, *lines = path.read_text(encoding="utf-8-sig").splitlines() or [""]
        if not lines:
            raise ValueError("it has no rows")
        header = next(csv.reader([first]), [])
        return Table.of(approach, header, np.loadtxt(lines, delimiter=",", ndmin=2))
    except (ValueError, OSError) as error:
        raise KneewiseError(f"{path} cannot be used: {error}. {WHERE}") from error
