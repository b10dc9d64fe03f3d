"""Names from inside archives made fit to be shown and stored; no file is ever opened by them."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 300  # characters; the longest real ones (Garmin's) have about 120

_SEPARATORS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"^[A-Za-z]:")
# Characters that turn text around: a name must read as what it is.
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSHOWABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control, lone surrogate, line and paragraph breaks


class ShownNames:
    """Safe names of one archive's entries, each given out once."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}  # name → how many have asked for it

    def of(self, raw: str) -> str:
        """A relative, printable name with ``/`` between folders; a number where it is taken."""
        name = unique = shown(raw)
        copies = self._given.get(name, 0)
        while unique in self._given:  # counted on, not anew: a hundred thousand may have one name
            copies += 1
            unique = f"{name} ({copies + 1})"
        self._given[name] = copies
        self._given.setdefault(unique, 0)
        return unique


def shown(raw: str) -> str:
    """``raw`` without drives, roots, steps upwards and characters that cannot be shown."""
    parts = [_DRIVE.sub("", part) for part in _SEPARATORS.split(raw)]
    name = "/".join(part for part in parts if part not in ("", ".", ".."))
    if not name.isprintable():
        name = "".join(map(_printable, name))
    if len(name) > LONGEST_NAME:
        half = LONGEST_NAME // 2
        name = f"{name[:half]}…{name[-half:]}"
    return name or "unnamed"


def _printable(character: str) -> str:
    bad = unicodedata.category(character) in _UNSHOWABLE or character in _BIDI
    return "_" if bad else character
