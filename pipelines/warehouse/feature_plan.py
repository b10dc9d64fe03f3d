"""Divides the work on a query about days: what DuckDB is asked of one row, and NumPy of the days before it.

What `looking_back.py` does not know stays a window of DuckDB's: slower, and the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from features import looking_back, windows
from features.catalog import LookingBack
from features.window_calls import Call, calls, rewritten
from pipelines.warehouse.store import Db

# types whose values can be worked on as numbers: what makes them one, and what makes a number one of them again
_WHOLE = ("({})::double", "{}::bigint")
_AS_NUMBER = {
    "DOUBLE": ("{}", "{}"),
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), _WHOLE),
    "DATE": ("(({}) - date '1970-01-01')::double", "(date '1970-01-01' + {}::integer)"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is read of each row, what is asked of the days before it, and the query that puts both together."""

    columns: tuple[str, ...]  # read as they are
    arguments: dict[str, str]  # SQL expressions that calls are about, and what makes a number of each
    answers: dict[Call, str]  # the column that answers each call
    sql: str  # over ``looked_back``: those columns, and the answers


def plan_of(db: Db, asked: LookingBack) -> Plan:
    """The plan for a query over a view that has been made."""
    answers, types = _answers(db, asked)
    arguments = {
        argument: _AS_NUMBER[types[argument]][0].format(argument)
        for call in answers
        for argument in call.arguments
    }
    columns = {call: _as_asked(call, name, types) for call, name in answers.items()}
    sql = replace(asked, view="looked_back", columns=rewritten(asked.columns, columns.get)).sql()
    words = set(re.findall(r"\w+", sql))
    described = db.execute(f"describe {asked.view}").fetchall()
    return Plan(tuple(name for name, *_ in described if name in words), arguments, answers, sql)


def _answers(db: Db, asked: LookingBack) -> tuple[dict[Call, str], dict[str, str]]:
    """The calls that are not left to DuckDB, those about the same together, each with a name for its answer; and types."""
    frames = windows.frames()
    every = dict.fromkeys(call for _, call in calls(asked.columns))
    known = [call for call in every if looking_back.can_answer(call, frames[call.window])]
    types = _types(db, asked.view, {argument for call in known for argument in call.arguments})
    taken = [call for call in known if all(types[argument] in _AS_NUMBER for argument in call.arguments)]
    about_the_same = sorted(taken, key=lambda call: call.arguments[::-1])
    return {call: f"answer_{number}" for number, call in enumerate(about_the_same)}, types


def _types(db: Db, view: str, expressions: Iterable[str]) -> dict[str, str]:
    """The type of each expression over the rows of the view."""
    asked = sorted(expressions)
    described = db.execute(f"describe select {', '.join(['1', *asked])} from {view}").fetchall()
    return {expression: kind for expression, (_, kind, *_) in zip(asked, described[1:], strict=True)}


def _as_asked(call: Call, answer: str, types: Mapping[str, str]) -> str:
    """The answer as of the type that it has in SQL; a spread is a number whatever it is the spread of."""
    return (
        answer if call.function == "stddev_samp" else _AS_NUMBER[types[call.arguments[0]]][1].format(answer)
    )
