"""Check-ins from a file: every wrong line is named, and a file with one stores nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from features.training_log import CheckIn, Onset, Side, Symptom
from pipelines.check_in_list import read_check_ins
from pipelines.errors import KneewiseError

TODAY = date(2026, 11, 16)


def read(tmp_path: Path, text: str | bytes) -> list[CheckIn]:
    path = tmp_path / "knee.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_check_ins(path, "ada", TODAY)


def test_every_column_is_read_and_an_empty_cell_is_not_known(tmp_path: Path) -> None:
    full = (
        "day,pain_running,pain_after,pain_next_morning,side,onset,symptoms,can_bear_weight,after_trauma,note\n"
        '2026-11-14,2,0,10,Left,gradual,swelling; night pain,yes,No,"stairs, and\nsitting"\n'
        "2026-11-15,0,,,,,,,,\n"
    )
    assert read(tmp_path, full) == [
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


def test_columns_may_be_few_and_in_any_order_as_a_spreadsheet_writes_them(tmp_path: Path) -> None:
    text = "\ufeffPain_After;Day\r\n3;2026-11-14\r\n\r\n;;\r\n4;2026-11-15\r\n"
    with pytest.raises(KneewiseError, match="line 4: 3 cells, but 2 columns"):
        read(tmp_path, text.replace(";;", "1;2026-11-13;"))
    assert [c.pain_after for c in read(tmp_path, text)] == [3, 4]


def test_each_wrong_line_is_named_with_its_reason(tmp_path: Path) -> None:
    text = (
        "day,pain_running,side,symptoms,can_bear_weight,note\n"
        "2026-11-01,3,,,,\n"
        "2026-11-02,11,,,,\n"
        '2026-11-03,1,,,,"two\nlines"\n'
        "2026-11-31,1,,,,\n"
        "2026-11-17,1,,,,\n"
        "2026-11-01,1,,,,\n"
        "2026-11-05,2.5,,,,\n"
        "2026-11-06,1,middle,,,\n"
        "2026-11-07,1,,sweling,,\n"
        "2026-11-08,1,,,maybe,\n"
        "2026-11-09,,,,,\n"
    )
    with pytest.raises(KneewiseError) as told:
        read(tmp_path, text)
    message = str(told.value)
    for line, reason in {
        3: "pain_running is a whole number from 0 to 10, got '11'",
        6: "'2026-11-31' is not a day",
        7: "2026-11-17 has not come yet",
        8: "2026-11-01 is told on line 2 already",
        9: "pain_running is a whole number from 0 to 10, got '2.5'",
        10: "'middle' is no side; there are left, right, both",
        11: "'sweling' is no symptom",
        12: "can_bear_weight is yes or no, got 'maybe'",
        13: "nothing is told but the day",
    }.items():
        assert f"line {line}: {reason}" in message
    assert "line 2:" not in message
    assert message.startswith("nothing was stored")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the columns are day"),
        ("date,pain_after\n2026-11-14,1\n", "got date, pain_after"),
        ("day,day\n2026-11-14,2026-11-14\n", "each once"),
        ("day,pain_after\n", "holds no check-in"),
        ('day,note\n2026-11-14,"never closed\n', "line 2: unexpected end of data"),
        (b"day,note\n2026-11-14,\xff\xfe\n", "UTF-8"),
    ],
)
def test_a_file_that_is_no_such_list_says_so(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(KneewiseError, match=said):
        read(tmp_path, text)


def test_a_long_list_of_errors_is_cut_short(tmp_path: Path) -> None:
    rows = "".join(f"2026-10-{day:02d},99\n" for day in range(1, 31))
    with pytest.raises(KneewiseError, match=r"line 11: .* and 20 more"):
        read(tmp_path, "day,pain_after\n" + rows)
