"""Regions of the map in the home folder: prepared once from a file, which is not needed afterwards.

A region is a folder of plain arrays, opened without being read, and ``region.json``. The tags of its ways are kept
as they are, so that what they mean may change without the file being read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from features import surfaces
from features.per_activity.gps_distance import haversine_m
from features.surfaces import Kind
from features.training_log import Column
from pipelines.errors import KneewiseError
from pipelines.logbook.store import slug
from pipelines.surfaces.cells import cell_of
from pipelines.surfaces.extract import SUFFIXES, Extract, read_extract

ATTRIBUTION = "Map data © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright"
UNFINISHED = ".new"  # of a folder that is still being written


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a region. ``tagged_share`` is the share of its kilometres whose surface the map names."""

    name: str
    file: str
    sha256: str
    data_date: date | None
    ways: int
    km: float
    tagged_share: float
    attribution: str


@dataclass(frozen=True)
class Region:
    """One prepared region: the arrays of its ``Extract``, each way's bounds (west, south, east, north), its cells."""

    about: About
    kinds: tuple[Kind, ...]
    km_of_kind: Column
    folder: Path

    def array(self, name: str) -> npt.NDArray[np.int64]:
        """``way``, ``kind``, ``start``, ``points_e7``, ``bounds_e7`` or ``cells``; on the disk until it is used."""
        return np.load(self.folder / f"{name}.npy", mmap_mode="r")  # type: ignore[no-any-return]

    @cached_property
    def cells(self) -> frozenset[int]:
        """The cells that its ways lie in."""
        return frozenset(self.array("cells").tolist())

    @cached_property
    def shares(self) -> Column:
        """(kinds, classes): what the ways of each kind are, by their tags and what like ways of the region are."""
        km: dict[Kind, float] = {}
        for kind, length in zip(self.kinds, self.km_of_kind.tolist(), strict=True):
            km[kind] = km.get(kind, 0.0) + length
        prior = surfaces.learned(km)
        return np.stack([surfaces.shares(kind, prior) for kind in self.kinds])


def prepare(path: Path, folder: Path, data_date: date | None = None) -> Region:
    """Read a file and keep its region below ``folder``, in place of an earlier one of that name.

    ``data_date`` is for files that tell no date, or a wrong one. Raises KneewiseError.
    """
    extract = read_extract(path)
    km = np.bincount(extract.kind, _lengths_m(extract), len(extract.kinds)) / 1000
    kinds = [surfaces.kind_of(dict(tags)) for tags in extract.kinds]
    about = About(
        name=name_of(path),
        file=path.name,
        sha256=_sha256(path),
        data_date=data_date or extract.data_date,
        ways=len(extract.way),
        km=float(km.sum()),
        tagged_share=float(km[[kind.is_explicit for kind in kinds]].sum() / km.sum()),
        attribution=ATTRIBUTION,
    )
    told = asdict(about) | {
        "data_date": about.data_date and about.data_date.isoformat(),
        "kinds": [
            {"tags": dict(tags), "km": km} for tags, km in zip(extract.kinds, km.tolist(), strict=True)
        ],
    }
    fresh = folder / f"{about.name}.{os.getpid()}{UNFINISHED}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    for name, values in _arrays(extract).items():
        np.save(fresh / f"{name}.npy", values)
    (fresh / "region.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(folder / about.name, ignore_errors=True)
    os.replace(fresh, folder / about.name)
    return _load(folder / about.name)


def regions(folder: Path) -> tuple[Region, ...]:
    """Every region that is stored, newest map first."""
    found = [_load(path.parent) for path in folder.glob("*/region.json") if path.parent.suffix != UNFINISHED]
    return tuple(sorted(found, key=lambda r: r.about.data_date or date.min, reverse=True))


def name_of(path: Path) -> str:
    """What a region is called: its file's name without the ending, so that a newer file replaces it."""
    ending = max((s for s in SUFFIXES if path.name.lower().endswith(s)), key=len, default="")
    return slug(path.name.removesuffix(path.name[len(path.name) - len(ending) :]))


def _load(folder: Path) -> Region:
    try:
        told = json.loads((folder / "region.json").read_text(encoding="utf-8"))
        kinds = told.pop("kinds")
        told["data_date"] = told["data_date"] and date.fromisoformat(told["data_date"])
        about = About(**told)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KneewiseError(
            f"the map in {folder} cannot be read. Remove that folder and add the region again: "
            "kneewise surface add FILE"
        ) from error
    return Region(
        about=about,
        kinds=tuple(surfaces.kind_of(row["tags"]) for row in kinds),
        km_of_kind=np.array([row["km"] for row in kinds]),
        folder=folder,
    )


def _lengths_m(extract: Extract) -> Column:
    """The length of each way."""
    longitude, latitude = extract.points_e7.T / 1e7
    covered = np.concatenate(([0.0], np.cumsum(haversine_m(latitude, longitude))))
    return np.asarray(covered[extract.start[1:] - 1] - covered[extract.start[:-1]])


def _arrays(extract: Extract) -> dict[str, npt.NDArray[Any]]:
    first = extract.start[:-1]
    low = np.minimum.reduceat(extract.points_e7, first, axis=0)
    high = np.maximum.reduceat(extract.points_e7, first, axis=0)
    longitude, latitude = extract.points_e7.T / 1e7
    return {
        "way": extract.way,
        "kind": extract.kind,
        "start": extract.start,
        "points_e7": extract.points_e7,
        "bounds_e7": np.column_stack([low, high]),
        "cells": np.unique(cell_of(longitude, latitude)),
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
