"""Lists of check-ins: every column is read, and every wrong line is named with its reason."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from told_home import ADA, told_home

from features.training_log import CheckIn, Onset, Side, Symptom
from pipelines.errors import KneewiseError
from pipelines.importing.kinds import check_ins
from pipelines.importing.lines import Line, Outcome, check_columns, read_lines
from pipelines.importing.table import read_table


def read(tmp_path: Path, text: str | bytes) -> tuple[list[Line], list[CheckIn]]:
    """What would become of each line on 16 November 2026, and what would be stored."""
    path = tmp_path / "knee.csv"
    shutil.rmtree(tmp_path / "home", ignore_errors=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with told_home(tmp_path / "home") as (home, _):
        table, kind = read_table(path), check_ins(home, ADA)
        check_columns(path, table, kind)
        return read_lines(table, kind, "ada")


FULL = (
    "day,pain_running,pain_after,pain_next_morning,side,onset,symptoms,can_bear_weight,after_trauma,note\n"
    '2026-11-14,2,0,10,Left,gradual,swelling; night pain,yes,No,"stairs, and\nsitting"\n'
    "15.11.2026,0,,,,,,,,\n"
)
TOLD = [
    CheckIn(
        "ada",
        date(2026, 11, 14),
        2,
        0,
        10,
        Side.LEFT,
        Onset.GRADUAL,
        frozenset({Symptom.SWELLING, Symptom.NIGHT_PAIN}),
        True,
        False,
        "stairs, and\nsitting",
    ),
    CheckIn("ada", date(2026, 11, 15), 0),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_column_is_read_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    if encoding == "utf-16-le":  # without a mark it cannot be told from noise
        with pytest.raises(KneewiseError, match="is not text"):
            read(tmp_path, FULL.encode(encoding))
        return
    text = FULL.replace("stairs", "Größe, Treppe–")
    lines, stored = read(tmp_path, text.encode(encoding))
    assert [line.outcome for line in lines] == [Outcome.NEW, Outcome.NEW]
    assert stored[0].note == "Größe, Treppe–, and\nsitting"
    assert [stored[0].symptoms, stored[1]] == [TOLD[0].symptoms, TOLD[1]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_column_is_read_whatever_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = FULL.replace("swelling; night pain", "swelling|night pain").replace(",", delimiter)
    rows = rows.replace("swelling|night pain", '"swelling; night pain"')
    rows = rows.replace(f"stairs{delimiter} and", "stairs, and")
    assert read(tmp_path, rows)[1] == TOLD


def test_columns_may_be_few_and_in_any_order_as_a_spreadsheet_writes_them(tmp_path: Path) -> None:
    text = "\ufeffPain_After;Day\r\n3;2026-11-14\r\n\r\n;;\r\n4;2026-11-15;\r\n"
    lines, stored = read(tmp_path, text)
    assert [(line.line, line.outcome) for line in lines] == [(2, Outcome.NEW), (5, Outcome.NEW)]
    assert [c.pain_after for c in stored] == [3, 4]
    lines, stored = read(tmp_path, "sep=;\nday;pain after\n2026-11-14;2\n")
    assert [(line.line, c.pain_after) for line, c in zip(lines, stored, strict=True)] == [(3, 2)]


def test_each_wrong_line_is_named_with_its_reason(tmp_path: Path) -> None:
    text = (
        "day,pain_running,side,symptoms,can_bear_weight,note,athlete\n"
        "2026-11-01,3,,,,,ada\n"
        "2026-11-02,11,,,,,\n"
        '2026-11-03,1,,,,"two\nlines",\n'
        "2026-11-31,1,,,,,\n"
        "2026-11-17,1,,,,,\n"
        "2026-11-01,1,,,,,\n"
        "2026-11-05,2.5,,,,,\n"
        "2026-11-06,1,middle,,,,\n"
        "2026-11-07,1,,sweling,,,\n"
        "2026-11-08,1,,,maybe,,\n"
        "2026-11-09,,,,,,\n"
        "2026-11-10,1,,,,,bea\n"
        "2026-11-11,1,,,,,,7\n"
        ",1,,,,,\n"
        "11/12/2026,1,,,,,\n"
    )
    lines, stored = read(tmp_path, text)
    assert {line.line: line.reason for line in lines if line.reason} == {
        3: "pain_running is a whole number from 0 to 10, got '11'",
        6: "'2026-11-31' is not a day; it looks like 2026-11-15",
        7: "2026-11-17 has not come yet",
        8: "told on line 2 already",
        9: "pain_running is a whole number from 0 to 10, got '2.5'",
        10: "'middle' is no side; there are left, right, both",
        11: f"'sweling' is no symptom; there are {', '.join(Symptom)}",
        12: "can_bear_weight is yes or no, got 'maybe'",
        13: "nothing is told but the day; no pain is 0",
        14: "it is of bea, and this import is for ada",
        15: "8 cells, but 7 columns",
        16: "day is not told",
        17: "'11/12/2026' is not a day; it looks like 2026-11-15",
    }
    assert [c.day.day for c in stored] == [1, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("date,pain_after\n2026-11-14,1\n", "got date, pain_after"),
        ("day,day\n2026-11-14,2026-11-14\n", "each once"),
        ("pain_after\n3\n", "at least day"),
        ('day,note\n2026-11-14,"never closed\n', "line 2: unexpected end of data"),
        (b"PK\x03\x04\x00\x00", "is not text"),
    ],
)
def test_a_file_that_is_no_such_list_says_so(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(KneewiseError, match=said):
        read(tmp_path, text)
