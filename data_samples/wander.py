"""Seeded chance: one independent stream per name, and noise that drifts as bodies and sensors do."""

from __future__ import annotations

import math
import zlib

import numpy as np
from numpy.typing import NDArray

SEED = 20261116  # of the committed files


def stream(*names: str | int) -> np.random.Generator:
    """A generator that depends on its names alone, so any one file can be made without the others."""
    return np.random.default_rng([zlib.crc32(str(name).encode()) for name in names])


def wander(rng: np.random.Generator, count: int, spread: float, memory: float) -> NDArray[np.float64]:
    """First-order autoregressive noise of standard deviation ``spread`` that forgets in ``memory`` steps."""
    keep = math.exp(-1.0 / memory)
    kicks = rng.normal(0.0, spread * math.sqrt(1 - keep * keep), count).tolist()
    value, out = rng.normal(0.0, spread), []
    for kick in kicks:
        value = keep * value + kick
        out.append(value)
    return np.array(out)
