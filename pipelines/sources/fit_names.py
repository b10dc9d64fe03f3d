"""Names for FIT numbers: fitparse's own, and those of the profile's later years."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipelines.sources.fit_profile import Value
from pipelines.sources.fit_rows import Row

UNKNOWN = "unknown"
BAROMETER = 4  # local device type in device_info
_LOCAL = {"local", 5}
# Hearts, feet and bikes report themselves too; the maker of a strap is not the maker of the watch.


@cache
def _later() -> dict[str, dict[int, str]]:
    tables = tomllib.loads(Path(__file__).with_name("fit_names.toml").read_text("utf-8"))
    return {
        kind: {int(number): str(name) for number, name in table.items()}
        for kind, table in tables.items()
        if kind != "gps_altitude"
    }


@cache
def _gps_altitude_devices() -> frozenset[str]:
    tables = tomllib.loads(Path(__file__).with_name("fit_names.toml").read_text("utf-8"))
    return frozenset(tables["gps_altitude"]["devices"])


def sport_name(value: Value | None) -> str:
    """The sport's name, or "unknown" for a number no table knows."""
    return _named("sport", value) or UNKNOWN


def sub_sport_name(value: Value | None) -> str | None:
    return _named("sub_sport", value)


def _named(kind: str, value: Value | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return _later()[kind].get(int(value))


def device_name(file_ids: Iterable[Row], devices: Iterable[Row]) -> str | None:
    """Maker and model, such as "garmin fr955" or "coros pace 3"; None if the file does not say."""
    for row in file_ids:
        maker = _named("manufacturer", row.get("manufacturer"))
        if maker is None and "manufacturer" in row:
            maker = f"maker {row['manufacturer']}"
        if maker is None:
            continue
        said = row.get("product_name") or _creator_name(devices)
        product = row.get("product")
        if not said and product:  # a product of 0 names none
            said = (_named("garmin_product", product) if maker == "garmin" else None) or str(product)
        words = f"{maker} {said}".lower().split() if said else [maker]
        return re.sub(r"[^\w +./-]", "", " ".join(dict.fromkeys(words)))[:80]
    return None


def _creator_name(devices: Iterable[Row]) -> str | None:
    for row in devices:
        name = row.get("product_name")
        if row.get("device_index") in ("creator", 0) and isinstance(name, str):
            return name
    return None


def has_barometer(device: str | None, devices: Iterable[Row]) -> bool | None:
    """True if the recording lists a barometer of its own, False for watches known to lack one."""
    for row in devices:
        if row.get("source_type") in _LOCAL and row.get("device_type") in (BAROMETER, "barometer"):
            return True
    return False if device in _gps_altitude_devices() else None
