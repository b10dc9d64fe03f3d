"""The squares of a hundredth of a degree that runs and maps lie in, each as one number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

PER_DEGREE = 100  # a square is about 1.1 km high and, in Europe, 0.7 km wide
_ROW = 360 * PER_DEGREE


def cell_of(
    longitude_deg: npt.NDArray[np.floating], latitude_deg: npt.NDArray[np.floating]
) -> npt.NDArray[np.int64]:
    """The cell of each place."""
    column = np.floor((longitude_deg + 180) * PER_DEGREE).astype(np.int64) % _ROW
    row = np.floor((latitude_deg + 90) * PER_DEGREE).astype(np.int64)
    return np.asarray(row * _ROW + column)


def corner_deg(cells: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Longitude and latitude of each cell's south-west corner."""
    return cells % _ROW / PER_DEGREE - 180, cells // _ROW / PER_DEGREE - 90
