"""Questionnaires, shoes and injuries from lists: what is told, what stays, and what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from told_home import told_home

from features.ostrc import Ostrc
from features.training_log import Athlete, Injury, Shoe, Side
from pipelines.importing.kinds import KINDS
from pipelines.importing.lines import Line, check_columns, read_lines
from pipelines.importing.table import read_table
from pipelines.logbook import questionnaires
from pipelines.logbook import shoes as shoe_book
from pipelines.steps import Home

ANKLE = Injury("ada", "ankle", Side.LEFT, date(2025, 3, 1), date(2025, 4, 1), "twisted")
ADA = Athlete("ada", "Ada", "Europe/Berlin", injuries=(ANKLE,))
RED = Shoe("red", "ada", "Red road pair", date(2026, 4, 2), 120_000.0, retired_on=date(2026, 11, 1))
Import = Callable[[str, str], list[Line]]

pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with told_home(tmp_path / "home", ADA) as (made, _):
        shoe_book.add_shoe(made.logbook, RED)
        yield made


@pytest.fixture
def bring(home: Home, tmp_path: Path) -> Import:
    """Import a list whole, as the command does; what became of each line."""

    def do(kind: str, text: str) -> list[Line]:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        table = read_table(path)
        made: Any = KINDS[kind](home, home.logbook.athlete("ada"))
        check_columns(path, table, made)
        lines, to_store = read_lines(table, made, "ada")
        made.store(to_store)
        return lines

    return do


def outcomes(lines: list[Line]) -> list[str]:
    return [line.outcome.value for line in lines]


def test_questionnaires(home: Home, bring: Import) -> None:
    text = "day,participation,modification,performance,pain\n2026-11-01,8,17,0,25\n2026-11-08,0,0,0,0\n"
    assert outcomes(bring("ostrc", text)) == ["new", "new"]
    assert questionnaires.ostrc(home.logbook, "ada") == (
        Ostrc("ada", date(2026, 11, 1), 8, 17, 0, 25),
        Ostrc("ada", date(2026, 11, 8), 0, 0, 0, 0),
    )
    assert outcomes(bring("ostrc", text.replace("8,17", "0,17"))) == ["changed", "same"]
    (wrong,) = bring("ostrc", "day,participation,modification,performance,pain\n2026-11-02,0,6,0,0\n")
    assert wrong.reason == "an answer is one of 0, 8, 17, 25, got 6"


def test_pairs_keep_what_a_line_does_not_tell(home: Home, bring: Import) -> None:
    text = (
        "name;bought_on;initial_distance_m;limit_m;limit_days\n"
        "Red road pair;2026-04-02;;650000,5;\n"
        "Blue;2026-09-01;1000;;200\n"
    )
    assert outcomes(bring("shoes", text)) == ["changed", "new"]
    red, blue = shoe_book.shoe(home.logbook, "ada", "red"), shoe_book.shoe(home.logbook, "ada", "Blue")
    assert (red.limit_m, red.initial_distance_m, red.retired_on) == (650_000.5, 120_000.0, date(2026, 11, 1))
    assert blue == Shoe("blue", "ada", "Blue", date(2026, 9, 1), 1000.0, 600_000.0, 200)
    assert outcomes(bring("shoes", text)) == ["same", "same"]
    assert outcomes(bring("shoes", "id,name,bought_on\nred,Old red,2026-04-02\n")) == ["changed"]
    assert shoe_book.shoe(home.logbook, "ada", "red").name == "Old red"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("2026-04-02,,600.000", "limit_m: '600.000' may be thousands or decimals; write 600000 or 600.0000"),
        ("2026-04-02,,-1", "limit_m is a number from 1 to 1e+07, got '-1'"),
        ("2026-11-17,,", "2026-11-17 has not come yet"),
        ("2026-04-02,2026-04-01,", "retired_on 2026-04-01 is not between bought_on and today"),
        ("2026-04-02,2026-11-17,", "retired_on 2026-11-17 is not between bought_on and today"),
    ],
)
def test_a_pair_that_cannot_be_says_why(bring: Import, cells: str, said: str) -> None:
    (line,) = bring("shoes", f"name,bought_on,retired_on,limit_m\nGreen,{cells}\n")
    assert line.reason == said


def test_injuries(home: Home, bring: Import) -> None:
    text = (
        "body_part,side,started_on,ended_on,note\n"
        "Knee,right,2025-11-03,2026-02-10,runner's knee\n"
        "ankle,left,2025-03-01,2025-05-01,\n"
        "hip,,2026-10-01,,\n"
    )
    assert outcomes(bring("injuries", text)) == ["new", "changed", "new"]
    assert home.logbook.athlete("ada").injuries == (
        Injury("ada", "ankle", Side.LEFT, date(2025, 3, 1), date(2025, 5, 1), "twisted"),
        Injury("ada", "knee", Side.RIGHT, date(2025, 11, 3), date(2026, 2, 10), "runner's knee"),
        Injury("ada", "hip", None, date(2026, 10, 1)),
    )
    assert outcomes(bring("injuries", text)) == ["same"] * 3
    (wrong,) = bring("injuries", "body_part,started_on,ended_on\nknee,2026-10-01,2026-09-01\n")
    assert wrong.reason == "ended_on 2026-09-01 is before started_on 2026-10-01"
