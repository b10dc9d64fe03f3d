"""Finds what features ask of the days they look back over: ``sum(distance_m) over last_7_days`` and its like.

Such a call can be taken out of the SQL, and a column that answers it put in its place (``looking_back.py``). What is
not of the known shape is not found, and stays in the SQL as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_OPENING = re.compile(r"\b([a-z_]\w*)\s*\(")
_FILTER = re.compile(r"\s*filter\s*\(\s*where\b")
_OVER = re.compile(r"\s*over\s+([a-z_]\w*)\b")
_SPECIAL = re.compile(r"\bdistinct\b|\border\s+by\b|\bnulls\b|^\s*\*?\s*$")


@dataclass(frozen=True, slots=True)
class Call:
    """One function of SQL expressions, over the days of a named window."""

    function: str
    arguments: tuple[str, ...]
    window: str


def calls(sql: str) -> Iterator[tuple[slice, Call]]:
    """Where the calls of an expression stand, and what they ask."""
    place = 0
    while opening := _OPENING.search(sql, place):
        place = opening.end()
        closing = _closing(sql, place)
        inside, condition = sql[place : closing - 1], None
        if told := _FILTER.match(sql, closing):
            closing = _closing(sql, told.end())
            condition = sql[told.end() : closing - 1]
        over = _OVER.match(sql, closing)
        if over and not _SPECIAL.search(inside):
            place = over.end()
            yield slice(opening.start(), place), _call(opening[1], inside, condition, over[1])


def rewritten(sql: str, column_of: Callable[[Call], str | None]) -> str:
    """The expression with a column in place of each call, where there is one."""
    for place, call in reversed(list(calls(sql))):
        column = column_of(call)
        if column is not None:
            sql = sql[: place.start] + column + sql[place.stop :]
    return sql


def _call(function: str, inside: str, condition: str | None, window: str) -> Call:
    arguments = [" ".join(part.split()) for part in _parts(inside)]
    if function == "count_if":
        function, arguments = "sum", [f"({arguments[0]})::integer"]
    if condition is not None:
        arguments = [f"case when {' '.join(condition.split())} then {part} end" for part in arguments]
    return Call(function, tuple(arguments), window)


def _closing(sql: str, start: int) -> int:
    """Just behind the bracket that closes the one before ``start``."""
    depth, place = 1, start
    while depth:
        if sql[place] == "'":
            place = sql.index("'", place + 1)
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        place += 1
    return place


def _parts(inside: str) -> list[str]:
    """What stands between the commas that are in no bracket and in no text."""
    parts, start, place = [], 0, 0
    while place < len(inside):
        if inside[place] == "(":
            place = _closing(inside, place + 1)
        elif inside[place] == "'":
            place = inside.index("'", place + 1) + 1
        else:
            if inside[place] == ",":
                parts.append(inside[start:place])
                start = place + 1
            place += 1
    return [*parts, inside[start:]]
