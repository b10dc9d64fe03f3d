"""The FIT profile at run time: fitparse's tables, asked by name. No number of the profile is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from fitparse.profile import MESSAGE_TYPES
from fitparse.records import BASE_TYPES

Value = int | float | str

STRING, BYTE = "string", "byte"
_BY_NAME = {message.name: message for message in MESSAGE_TYPES.values()}
_WHOLE_SECONDS = "date_time"


@dataclass(frozen=True, slots=True)
class BaseType:
    """How one value lies in the file. ``sentinel`` is what stands for "unknown" (NaN for floats)."""

    name: str
    format: str  # one letter of ``struct``
    size: int
    sentinel: float


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of the profile. ``choices``: the same field under other names, each with the
    (field number, raw value) pairs any of which selects it."""

    name: str
    number: int
    scale: float | None
    offset: float | None
    words: Mapping[int, str]
    choices: tuple[tuple[Mapping[int, str], tuple[tuple[int, int], ...]], ...]
    packed: bool  # a byte string that holds other fields, some bits each

    def scaled(self, raw: Value) -> Value:
        """In the unit of the profile, with the profile's word for a number that has one."""
        if isinstance(raw, str):
            return raw
        word = self.words.get(raw) if isinstance(raw, int) else None
        if word is not None:
            return word
        value = raw / self.scale if self.scale else raw
        return value - self.offset if self.offset else value


@cache
def message_number(name: str) -> int:
    """The number of a message. Raises KeyError for a name that the profile does not have."""
    return int(_BY_NAME[name].mesg_num)


@cache
def fields_of(message: str) -> Mapping[str, Field]:
    """The fields of a message by name."""
    return {field.name: _field(field) for field in _BY_NAME[message].fields.values()}


@cache
def packed_in(message: str, name: str) -> tuple[tuple[str, float, bool], ...]:
    """The numbers that a field of bytes packs: field name, scale, and whether it counts on."""
    told = _BY_NAME[message].fields[fields_of(message)[name].number]
    return tuple((part.name, float(part.scale), bool(part.accumulate)) for part in told.components)


def _field(told: Any) -> Field:
    choices = tuple(
        (dict(sub.type.values or {}), tuple((ref.def_num, ref.raw_value) for ref in sub.ref_fields))
        for sub in told.subfields or ()
    )
    # The profile names the smallest sensible time; a time is a number all the same.
    words = {} if told.type.name == _WHOLE_SECONDS else dict(told.type.values or {})
    packed = bool(told.components) and told.type.name == BYTE
    return Field(told.name, told.def_num, told.scale, told.offset, words, choices, packed)


@cache
def base_type(number: int) -> BaseType | None:
    """The base type of that number; None if the protocol of fitparse's time knows none."""
    told = BASE_TYPES.get(number)
    if told is None:
        return None
    size = np.dtype(told.fmt if told.fmt != "s" else "B").itemsize
    single = told.name not in (STRING, BYTE) and told.fmt not in "fd"
    return BaseType(told.name, told.fmt, size, _sentinel(told.fmt, told.parse) if single else float("nan"))


def _sentinel(format_: str, parse: Callable[[Any], Any]) -> float:
    """The one whole number that fitparse takes for unknown."""
    limits = np.iinfo(np.dtype(format_))
    return float(next(value for value in (0, int(limits.max)) if parse(value) is None))
