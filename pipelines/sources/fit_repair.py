"""From a walked FIT part, bytes that fitparse reads to the end: everything that is whole, framed anew.

fitparse decodes every field of every message, which is what ``kneewise inspect`` and a second opinion
need. But it stops at a field whose size does not fit its type (a quarter of COROS files), at developer
fields that nobody described, and at wrong sizes and checksums; and it keeps developer fields of one
file for the next (a module-wide table). So it gets a part with a true header, misfit fields declared
as plain bytes, and developer fields only after their description.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from pipelines.sources.fit_bytes import Part
from pipelines.sources.fit_checksum import fit_checksum
from pipelines.sources.fit_profile import base_type, message_number
from pipelines.sources.fit_rows import raw_row_at
from pipelines.sources.fit_walk import DEFINITION, DEVELOPER_DATA, Definition, FieldPlace

PLAIN_BYTES = 0x0D  # the base type that any size fits
_APP, _DESCRIPTION = "developer_data_id", "field_description"
_INDEX, _NUMBER, _BASE = "developer_data_index", "field_definition_number", "fit_base_type_id"


def repaired(part: Part) -> bytes:
    """A complete one-part FIT file with the messages of ``part``, in order, and a checksum that fits."""
    apps, out = _Apps(), bytearray()
    current: dict[int, _Plan] = {}
    plans: dict[tuple[Definition, frozenset[FieldPlace]], _Plan] = {}
    payload, definitions = part.payload, part.definitions
    for offset, owner in zip(part.offsets.tolist(), part.owners.tolist(), strict=True):
        definition = definitions[owner]
        if not apps.learn(part, definition, offset):
            continue
        key = definition, apps.readable(definition)
        plan = plans.get(key) or plans.setdefault(key, _plan(*key))
        head = payload[offset]
        local = head >> 5 & 3 if head & 0x80 else head & 15
        if current.get(local) is not plan:
            out += bytes((DEFINITION | plan.developer | local,)) + plan.definition
            current[local] = plan
        out.append(head)
        for first, after in plan.spans:
            out += payload[offset + first : offset + after]
    whole = struct.pack("<BBHI4sH", 14, 0x20, 2132, len(out), b".FIT", 0) + bytes(out)
    return whole + struct.pack("<H", fit_checksum(whole))


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What of one definition is passed on: its new definition message, and which bytes of the data."""

    developer: int
    definition: bytes
    spans: tuple[tuple[int, int], ...]


def _plan(definition: Definition, readable: frozenset[FieldPlace]) -> _Plan:
    own = [place for place in definition.fields if place.developer_index is None and place.size]
    app = [place for place in definition.fields if place in readable]
    content = definition.content[:4] + bytes((len(own),))
    for place in own:
        content += bytes((place.number, place.size, _fitting_type(place)))
    if app:
        content += bytes((len(app),))
    for place in app:
        content += bytes((place.number, place.size, place.developer_index or 0))
    spans = tuple((place.offset, place.offset + place.size) for place in own + app)
    return _Plan(DEVELOPER_DATA if app else 0, content, spans)


def _fitting_type(place: FieldPlace) -> int:
    base = base_type(place.base_type)
    return PLAIN_BYTES if base is None or place.size % base.size else place.base_type


@dataclass(slots=True)
class _Apps:
    """What the file has said so far about developer fields: apps, and types by app and number."""

    indices: set[int] = field(default_factory=set)
    types: dict[tuple[int, int], int] = field(default_factory=dict)

    def learn(self, part: Part, definition: Definition, offset: int) -> bool:
        """Take in a message; False for a description that fitparse would stumble over."""
        if definition.message == message_number(_APP):
            index = raw_row_at(part, definition, offset, _APP, (_INDEX,)).get(_INDEX)
            if isinstance(index, int):
                self.indices.add(index)
        elif definition.message == message_number(_DESCRIPTION):
            told = raw_row_at(part, definition, offset, _DESCRIPTION, (_INDEX, _NUMBER, _BASE))
            index, number, base = (told.get(name) for name in (_INDEX, _NUMBER, _BASE))
            if not (isinstance(index, int) and isinstance(number, int) and isinstance(base, int)):
                return False
            if index not in self.indices or base_type(base) is None:
                return False
            self.types[index, number] = base
        return True

    def readable(self, definition: Definition) -> frozenset[FieldPlace]:
        """The developer fields described so far whose size is a whole number of their type."""
        if not definition.has_developer_fields:
            return frozenset()
        return frozenset(place for place in definition.fields if self._fits(place))

    def _fits(self, place: FieldPlace) -> bool:
        if place.developer_index is None:
            return False
        base = base_type(self.types.get((place.developer_index, place.number), -1))
        return base is not None and place.size > 0 and place.size % base.size == 0
