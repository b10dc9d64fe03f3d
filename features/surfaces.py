"""What a map's tags say of a way: shares over the surface classes, told by a tag or guessed from ways alike.

``surfaces.toml`` is the data. Pure: a way is a mapping of tags here, and nothing knows where it lies.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from features.training_log import Column

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

CLASSES: tuple[str, ...] = tuple(TABLE["class"])
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(row["group"] for row in TABLE["class"].values()))
GROUP_OF: dict[str, str] = {name: row["group"] for name, row in TABLE["class"].items()}
UNPAVED = "unpaved"  # what surface=unpaved says: some class, but no hard one and no running track

# The tags that are looked at; whoever reads a map may drop all others.
SURFACE_KEYS = ("footway:surface", "surface")  # what is under the feet comes first
KEYS = (
    *SURFACE_KEYS,
    "highway",
    "leisure",
    "sport",
    *sorted({k for p in TABLE["pattern"] for k in p["when"]}),
)

# So many kilometres of the extract's own tagged ways weigh as much as the table's shares together: of 3 117 km
# of hidden tags, anything from 0.5 to 5 guessed as many right (docs/surfaces.md); 20 and more, fewer.
TABLE_KM = 2.5


@dataclass(frozen=True, slots=True)
class Kind:
    """All that is asked of a way's tags: which others it is like, and the classes its surface tag names, if any."""

    pattern: str
    told: tuple[str, ...] = ()

    @property
    def is_explicit(self) -> bool:
        """Whether the map itself names the class."""
        return bool(self.told) and UNPAVED not in self.told


Prior = Mapping[str, Column]  # pattern → shares over CLASSES where no tag names one


def is_run_on(tags: Mapping[str, str]) -> bool:
    """Whether a runner may be on this way; who is allowed there is not asked, for runners do not ask either."""
    if "highway" in tags:
        return tags["highway"] not in TABLE["ways"]["left_out"]
    sports = tags.get("sport", "running").split(";")
    return tags.get("leisure") == "track" and not set(TABLE["ways"]["track_sports"]).isdisjoint(sports)


def kind_of(tags: Mapping[str, str]) -> Kind:
    """The kind of a way; of a list like ``asphalt;gravel`` every value that is known counts."""
    for key in SURFACE_KEYS:
        values = (value.strip() for value in tags.get(key, "").split(";"))
        told = tuple(sorted(TABLE["surface"][value] for value in values if value in TABLE["surface"]))
        if told:
            return Kind(_pattern(tags), told)
    return Kind(_pattern(tags))


def shares(kind: Kind, prior: Prior) -> Column:
    """Probability of each class; they sum to 1."""
    usual = prior[kind.pattern]
    if not kind.told:
        return usual
    return np.asarray(
        np.mean([_unpaved(usual) if name == UNPAVED else _only(name) for name in kind.told], axis=0)
    )


def learned(km: Mapping[Kind, float]) -> Prior:
    """The shares of a region: its own ways that carry a tag, in km by kind, held against the table's."""
    seen = {name: TABLE_KM * usual for name, usual in usual_shares().items()}
    for kind, length in km.items():
        if kind.is_explicit:
            seen[kind.pattern] = seen[kind.pattern] + length * shares(kind, usual_shares())
    return {name: told / told.sum() for name, told in seen.items()}


@cache
def usual_shares() -> Prior:
    """The table's own shares of each pattern."""
    return {row["name"]: _normal([row["km"].get(name, 0.0) for name in CLASSES]) for row in TABLE["pattern"]}


def _pattern(tags: Mapping[str, str]) -> str:
    for row in TABLE["pattern"]:
        if all(tags.get(key) in values if values else key in tags for key, values in row["when"].items()):
            return str(row["name"])
    raise ValueError("the last pattern of surfaces.toml asks for nothing")


def _unpaved(usual: Column) -> Column:
    """The usual shares without the classes that are paved; all unpaved ones alike where none is usual."""
    open_to = np.array([GROUP_OF[name] in ("firm", "natural") and name != "wood" for name in CLASSES])
    left = np.where(open_to, usual, 0.0)
    return _normal(left if left.sum() > 0 else open_to)


def _only(name: str) -> Column:
    return np.array([float(name == each) for each in CLASSES])


def _normal(amounts: Any) -> Column:
    told = np.asarray(amounts, dtype=np.float64)
    return np.asarray(told / told.sum())
