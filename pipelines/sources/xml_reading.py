"""Read XML as a stream of plain element names, safely: nothing is fetched, nothing is expanded.

The stdlib's expat does the work. It is namespace-blind here on purpose: exports use four
namespaces for one heart rate, and some use prefixes they never declare. Where a document is
malformed, lxml's recovering parser reads it once more, and the caller is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol, TypeVar
from xml.parsers.expat import ExpatError, ParserCreate
from xml.parsers.expat import errors as expat_errors

from lxml import etree

from features.training_log import Flag
from pipelines.sources.errors import UnreadableWorkout

DEEPEST_ELEMENT = 64  # a track point of the deepest known export lies 9 levels down
LONGEST_TEXT = 4096  # a number, a time or a name; longer text is cut, not kept

# Errors at the end of input that mean "the file stops too early" rather than "it is malformed".
_CUT = frozenset(
    {
        expat_errors.codes[expat_errors.XML_ERROR_NO_ELEMENTS],
        expat_errors.codes[expat_errors.XML_ERROR_UNCLOSED_TOKEN],
        expat_errors.codes[expat_errors.XML_ERROR_PARTIAL_CHAR],
        expat_errors.codes[expat_errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    }
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
_SINGLE_BYTE = re.compile(rb"^<\?xml[^>]*encoding=[\"'](?:iso-8859-1|latin-?1|windows-1252)", re.IGNORECASE)


class Listener(Protocol):
    """Hears each element begin (local name, attributes) and end (local name, its own text)."""

    def begin(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str, text: str) -> None: ...


Heard = TypeVar("Heard", bound=Listener)


def read_xml(data: bytes, listener: Callable[[], Heard]) -> tuple[Heard, frozenset[Flag]]:
    """Feed a document to a fresh listener; ``TRUNCATED`` if it is cut, ``REPAIRED`` if malformed.

    Raises UnreadableWorkout for documents that declare entities or nest absurdly deep.
    """
    text = _text(data)
    heard = listener()
    try:
        _with_expat(text, heard)
    except ExpatError as error:
        if error.code in _CUT:
            return heard, frozenset({Flag.TRUNCATED})
        heard = listener()
        _with_lxml(text, heard)
        return heard, frozenset({Flag.REPAIRED})
    return heard, frozenset()


def _text(data: bytes) -> str:
    """The document as text without declaration, byte-order mark and leading space."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif data[:2] in (b"<\x00", b"\x00<"):
        text = data.decode("utf-16-le" if data[:1] == b"<" else "utf-16-be", errors="replace")
    else:
        data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
        text = data.decode("cp1252" if _SINGLE_BYTE.match(data) else "utf-8", errors="replace")
    return _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1).strip("\x00 \t\r\n")


class _Tap:
    """Turns parser events into a listener's: local names, own text, a limit on depth."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.depth = 0
        self.text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST_ELEMENT:
            raise UnreadableWorkout(
                "This XML file is nested deeper than any workout export is, so it was not read."
            )
        self.text.clear()
        self.listener.begin(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.listener.end(_local(name), "".join(self.text).strip()[:LONGEST_TEXT])
        self.text.clear()

    def data(self, text: str) -> None:
        self.text.append(text)

    def close(self) -> None: ...


def _with_expat(text: str, listener: Listener) -> None:
    tap = _Tap(listener)
    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = tap.start
    parser.EndElementHandler = tap.end
    parser.CharacterDataHandler = tap.data
    parser.EntityDeclHandler = _refuse_entities
    parser.Parse(text.encode("utf-8", errors="replace"), True)


def _with_lxml(text: str, listener: Listener) -> None:
    if "<!ENTITY" in text:
        _refuse_entities()
    tap = _Tap(listener)
    parser = etree.XMLParser(
        target=tap, recover=True, no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False
    )
    try:
        parser.feed(_CONTROL.sub(" ", text))
        parser.close()
    except etree.XMLSyntaxError:
        pass  # beyond recovery from here on; the listener has heard what came before


def _refuse_entities(*_: object) -> None:
    raise UnreadableWorkout(
        "This XML file declares entities, which workouts never need and which can hide an attack, so it was not read."
    )


def _local(name: str) -> str:
    """``ns3:Speed`` and ``{http://…}Speed`` → ``Speed``."""
    return name.rpartition("}")[2].rpartition(":")[2]
