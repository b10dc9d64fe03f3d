"""Every message of a FIT file, decoded in full by fitparse from repaired bytes: for looking, not for measuring."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fitparse import FitFile
from fitparse.processors import FitFileDataProcessor
from fitparse.records import DataMessage
from fitparse.utils import FitParseError

from pipelines.sources.content import unpack
from pipelines.sources.fit_bytes import Issue, Part, parts_of
from pipelines.sources.fit_repair import repaired

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
_TIMES = frozenset({"date_time", "local_date_time"})
_SMALLEST_TIME = 0x10000000  # below it, a time counts from when the device was switched on

# What fitparse is known to raise on bytes that follow the framing but make no sense.
_DECODER_ERRORS = (FitParseError, ValueError, KeyError, TypeError, IndexError, OverflowError, struct.error)

Plain = int | float | str | None


class DecoderStopped(Exception):
    """fitparse could not go on; what it told before stands."""


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field as fitparse tells it: scaled, enumerations by name, None for unknown, a tuple for a list.

    ``written``: it lies in the file and is not computed from another field. ``is_time``: seconds
    since 1989-12-31 UTC.
    """

    name: str
    number: int
    value: Plain | tuple[Plain, ...]
    units: str | None
    written: bool
    developer: bool
    is_time: bool

    @property
    def shown(self) -> Plain | list[Plain]:
        """For people: times as ISO 8601, lists as lists."""
        if self.is_time and isinstance(self.value, int) and self.value >= _SMALLEST_TIME:
            return f"{EPOCH + timedelta(seconds=self.value):%Y-%m-%dT%H:%M:%SZ}"
        return list(self.value) if isinstance(self.value, tuple) else self.value


@dataclass(frozen=True, slots=True)
class MessageTold:
    name: str
    number: int
    fields: tuple[FieldTold, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is wrong with the framing, and all messages. ``messages`` ends with DecoderStopped where
    fitparse cannot go on."""

    issues: tuple[Issue, ...]
    messages: Iterator[MessageTold]


def inspected(payload: bytes) -> Inspection | None:
    """One FIT file, gzipped or not; None if it is none.

    One file in a process: fitparse keeps developer fields in a table of the module. (Between the
    parts of a file nothing leaks: a repaired part uses only what it has described itself.)
    """
    parts = list(parts_of(unpack(payload).data))
    if not parts:
        return None
    issues = tuple(issue for part in parts for issue in part.issues)
    return Inspection(issues, (message for part in parts for message in told(part)))


def told(part: Part) -> Iterator[MessageTold]:
    """The messages of one part, in file order. Raises DecoderStopped."""
    try:
        with FitFile(repaired(part), data_processor=_AsWritten()) as reader:
            for message in reader.get_messages():
                yield _told(message)
    except _DECODER_ERRORS as error:
        raise DecoderStopped(f"fitparse stopped here: {error}") from error


class _AsWritten(FitFileDataProcessor):  # type: ignore[misc]
    """No conversions: fitparse's own raise on odd times and look up four methods for each field."""

    def run_type_processor(self, field_data: object) -> None: ...

    def run_field_processor(self, field_data: object) -> None: ...

    def run_unit_processor(self, field_data: object) -> None: ...

    def run_message_processor(self, data_message: object) -> None: ...


def _told(message: DataMessage) -> MessageTold:
    fields = tuple(
        FieldTold(
            name=item.name,
            number=item.def_num,
            value=item.value,
            units=item.units,
            written=item.field_def is not None,
            developer=item.field_type == "devfield",
            is_time=item.type.name in _TIMES,
        )
        for item in message.fields
    )
    return MessageTold(message.name, message.mesg_num, fields)
