"""The command line's answer to "why": causes that add up, evidence with source and grade."""

from __future__ import annotations

import re

import builders
import pytest
from page_text import flat

from reports.why import render_why


def why(name: str) -> str:
    told = builders.STORIES[name]()
    return render_why(told.assessment, told.athlete, told.plan)


def test_the_contributions_add_up_to_the_total() -> None:
    # 0.8 × ln 1.72 + 0.8 × ln 1.6 + 0.5 × ln 1.222 = 0.4339 + 0.3760 + 0.1002 = 0.9101
    numbers = [float(n) for n in re.findall(r"× \d\.\d\d +\+(\d\.\d{3})", why("hilly"))]
    *parts, total = numbers
    assert len(parts) == 3
    assert sum(parts) == pytest.approx(total, abs=0.002)
    assert total == pytest.approx(0.910)


def test_each_cause_is_backed_by_a_value_an_interval_a_grade_and_a_doi() -> None:
    text = flat(why("hilly"))
    assert "previous_injury_hr = 1.72 (1.11–2.66) hazard ratio; moderate evidence." in text
    assert "https://doi.org/10.1136/bjsports-2024-109380" in text


def test_an_unknown_level_says_why_and_adds_nothing_up() -> None:
    text = flat(why("no-runs"))
    assert "○ UNKNOWN" in text
    assert "No run was recorded in the last seven days" in text
    assert "so nothing is added up" in text
    assert re.search(r"\blow\b", text, re.IGNORECASE) is None


def test_a_level_set_by_pain_says_so() -> None:
    assert "what you told about your knee sets it" in flat(why("red-flag"))


@pytest.mark.parametrize("name", sorted(builders.STORIES))
def test_it_fits_a_terminal(name: str) -> None:
    long = [x for x in why(name).splitlines() if len(x) > 72 and "https://" not in x and "previous_" not in x]
    assert long == []
    assert "Model: evidence-2" in why(name)
