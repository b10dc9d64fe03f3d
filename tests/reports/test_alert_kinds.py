"""Pain that rises, red flags, silence, files that fail: each told at the right moment and no other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from features.training_log import CheckIn, Symptom
from reports import alert_message, alerts
from reports.alerts import KINDS, Notice, file_notices, no_data_notices, pain_notices, red_flag_notices

TODAY = date(2026, 11, 16)  # a Monday


def pains(*told: int | None) -> list[CheckIn]:
    """One check-in a day, the last of them today."""
    first = TODAY - timedelta(days=len(told) - 1)
    return [CheckIn("ada", first + timedelta(days=n), pain) for n, pain in enumerate(told)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((1, 2), None),  # one rise is a day
        ((1, 2, 3), "1, 2 then 3"),
        ((0, 1, 2), "0, 1 then 2"),
        ((1, 2, 2), None),
        ((1, 1, 2), None),
        ((3, 2, 3), None),
        ((2, 1, 2, 3), "1, 2 then 3"),
        ((1, 2, None, 3), "1, 2 then 3"),  # a check-in without a number is none
        ((1, 2, 3, 2), None),  # it has come down
        ((0, 1, 2, 3, 4), "0, 1, 2, 3 then 4"),
        ((), None),
        ((5,), None),
    ],
)
def test_two_rises_in_a_row_are_told(told: tuple[int | None, ...], expected: str | None) -> None:
    notices = pain_notices(pains(*told), "ada", TODAY)
    assert [expected in n.text for n in notices] == ([] if expected is None else [True])


def test_a_climb_is_told_once_however_long_it_goes_on() -> None:
    (third,) = pain_notices(pains(1, 2, 3)[:3], "ada", TODAY)
    longer = [*pains(1, 2, 3), CheckIn("ada", TODAY + timedelta(days=1), 4)]
    (fourth,) = pain_notices(longer, "ada", TODAY + timedelta(days=1))
    assert (third.subject, third.stage) == (fourth.subject, fourth.stage)


def test_an_old_climb_and_a_later_check_in_are_no_news() -> None:
    assert pain_notices(pains(1, 2, 3), "ada", TODAY + timedelta(days=6)) != ()
    assert pain_notices(pains(1, 2, 3), "ada", TODAY + timedelta(days=7)) == ()
    assert pain_notices(pains(1, 2, 3), "ada", TODAY - timedelta(days=1)) == ()


def flagged(*days_ago: int, symptom: Symptom = Symptom.LOCKING) -> list[CheckIn]:
    return [
        CheckIn("ada", TODAY - timedelta(days=n), symptoms=frozenset({symptom}))
        for n in sorted(days_ago, reverse=True)
    ]


def test_a_red_flag_is_one_notice_for_as_long_as_it_stands() -> None:
    stages = set()
    for later in range(14):
        (notice,) = red_flag_notices(flagged(0), "ada", TODAY + timedelta(days=later))
        stages.add((notice.subject, notice.stage))
    assert stages == {("locking", "2026-11-16")}
    assert red_flag_notices(flagged(0), "ada", TODAY + timedelta(days=14)) == ()
    (repeated,) = red_flag_notices(flagged(9, 0), "ada", TODAY)
    assert repeated.stage == str(TODAY - timedelta(days=9))  # told again meanwhile: the same one
    (anew,) = red_flag_notices(flagged(30, 0), "ada", TODAY)
    assert anew.stage == str(TODAY)


def test_a_red_flag_says_what_was_told_how_soon_to_be_seen_and_what_not_to_do() -> None:
    (notice,) = red_flag_notices(flagged(0), "ada", TODAY)
    assert notice.text.startswith("You told us: The knee locks. Please have your knee seen today")
    assert "Stop running for now" in notice.text
    (slower,) = red_flag_notices(flagged(0, symptom=Symptom.LUMP), "ada", TODAY)
    assert "within the next days" in slower.text


def test_silence_is_told_once_from_the_day_set_and_never_to_a_newcomer() -> None:
    last = TODAY - timedelta(days=10)
    assert no_data_notices(None, "ada", TODAY, 10) == ()
    assert no_data_notices(last, "ada", TODAY - timedelta(days=1), 10) == ()
    (notice,) = no_data_notices(last, "ada", TODAY, 10)
    assert "since Friday 6 November 2026, 10 days ago" in notice.text
    (later,) = no_data_notices(last, "ada", TODAY + timedelta(days=5), 10)
    assert (notice.subject, notice.stage) == (later.subject, later.stage)


def test_failed_files_are_one_notice_that_covers_each() -> None:
    rejected = [(f"hash{n}", f"run{n}.fit", "it is a web page") for n in range(8)]
    (notice,) = file_notices(rejected, "ada", TODAY)
    assert notice.text.startswith("8 files could not be read: run0.fit (it is a web page), ")
    assert "and 3 more." in notice.text
    assert notice.covers == tuple(f"hash{n}" for n in range(8))
    assert file_notices([], "ada", TODAY) == ()
    (single,) = file_notices([("h", "a\nb\x1b[2J.fit", "bad")], "ada", TODAY)
    assert "1 file could not be read: a b[2J.fit (bad)." in single.text


def test_every_kind_has_a_heading() -> None:
    assert set(alert_message.HEADINGS) == set(KINDS)


def test_what_people_wrote_is_no_html() -> None:
    notice = Notice("ada", alerts.SHOE, "x", "warn", TODAY, "<script>alert('x')</script> & more", ("warn",))
    part = alert_message.as_html([alert_message.Told(notice, "https://x.example/?a=1&b=2")])
    assert "<script>" not in part
    assert "&lt;script&gt;" in part
    assert 'href="https://x.example/?a=1&amp;b=2"' in part
